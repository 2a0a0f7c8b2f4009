using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class PlainMethodTests
{
    [Fact]
    public void Throw_InAMethod_ShowsThisArgumentsAndLocals()
    {
        var thrown = Thrown.By(() => new PlainMethods().Outer("cattle"));

        var frame = thrown.FrameOf("PlainMethods.Divide");
        Assert.Equal("PlainMethods.Divide(int amount, int parts, string host)", frame.Name);
        Assert.Equal("Mayhem.FrameCapture.Samples.PlainMethods", frame.DeclaringType);
        Assert.Equal(
            [
                "This PlainMethods this = PlainMethods { owner = \"ops\" }",
                "Argument int amount = 12",
                "Argument int parts = 0",
                "Argument string host = \"cattlecattle\"",
                "Local int half = 6",
                "Local string label = \"cattlecattle:6\"",
            ],
            frame.Shown());
    }

    [Fact]
    public void Throw_ThroughACaller_ShowsTheCallersVariablesWithFileAndLine()
    {
        var frame = Thrown.By(() => new PlainMethods().Outer("cattle")).FrameOf("PlainMethods.Outer");

        Assert.Contains("Local string doubled = \"cattlecattle\"", frame.Shown());
        Assert.Equal("PlainMethods.cs", Path.GetFileName(frame.File));
        Assert.Equal(22, frame.Line);
    }

    [Fact]
    public void Throw_InALoop_ShowsOnlyWhatIsInScope()
    {
        var frame = Thrown.By(() => PlainMethods.Find(["a", null])).FrameOf("PlainMethods.Find");

        Assert.Equal(["Argument string[] items = string[2] [\"a\", null]", "Local int index = 1", "Local string item = null"], frame.Shown());
    }

    [Fact]
    public void Throw_AfterLocalsWereAssignedAgain_ShowsTheirLastValues()
    {
        var frame = Thrown.By(() => PlainMethods.Reassigned("x")).FrameOf("PlainMethods.Reassigned");

        Assert.Equal(["Argument string text = \"x\"", "Local string state = \"caught\"", "Local int number = -2", "Local double? half = -1", "Local int parsed = 0"], frame.Shown());
    }

    [Fact]
    public void Throw_BeforeALocalIsAssigned_SaysSo()
    {
        var frame = Thrown.By(() => PlainMethods.TooEarly(throws: true)).FrameOf("PlainMethods.TooEarly");

        Assert.Contains("Local string early = \"early\"", frame.Shown());
        Assert.Contains("Local string late = (not assigned yet)", frame.Shown());
    }

    [Fact]
    public void Throw_WithRefOutAndInArguments_ShowsWhatTheyReferTo()
    {
        var thrown = Thrown.By(() =>
        {
            var counter = 1;
            PlainMethods.ByReference(ref counter, out _, Guid.Empty);
        });

        Assert.Equal(
            ["Argument int counter = 2", "Argument string name = \"set\"", $"Argument Guid id = {Guid.Empty}"],
            thrown.FrameOf("PlainMethods.ByReference").Shown());
    }

    [Fact]
    public async Task Throw_WithSpansPointersAndRefLocals_NamesThemWithoutValues()
    {
        var thrown = await Thrown.ByAsync(AllSamples.ByName["not capturable"]);

        Assert.Equal(
            [
                "Argument ReadOnlySpan<byte> bytes = (cannot be captured)",
                "Argument int* pointer = (cannot be captured)",
                "Argument string kept = \"kept\"",
                "Local ReadOnlySpan<byte> slice = (cannot be captured)",
                "Local ref byte first = (cannot be captured)",
            ],
            thrown.FrameOf("PlainMethods.NotCapturable").Shown());
    }

    [Fact]
    public void Throw_InAPattern_ShowsNamedVariablesAndNoTemporaries()
    {
        var frame = Thrown.By(() => PlainMethods.Patterns(new[] { 1, 2, 3 })).FrameOf("PlainMethods.Patterns");

        Assert.Equal(["value", "text", "first", "last"], frame.Variables.Select(variable => variable.Name));
        Assert.Contains("Local int last = 3", frame.Shown());
    }

    [Fact]
    public void Throw_InARecursion_GivesEachFrameItsOwnVariables()
    {
        var frames = Thrown.By(() => PlainMethods.Recurse(0, 5)).FramesOf("PlainMethods.Recurse");

        Assert.Equal(["4", "3", "2", "1", "0"], frames.Select(frame => frame.Variables[0].Format(ValueFormatter.Default)));
    }
}
