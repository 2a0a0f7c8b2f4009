using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class ClosureTests
{
    [Fact]
    public void Throw_InALambda_ShowsItsVariablesAndThoseAroundIt()
    {
        var frame = Thrown.By(() => new Closures().InLambda("host", 3)).FrameOf("Closures.InLambda+lambda(int number)");

        Assert.Equal(
            [
                "This Closures this = Closures { owner = \"ops\" }",
                "Argument int number = 2",
                "Local int doubled = 4",
                "Closure string label = \"host-2\"",
                "Closure List<int> seen = List<int>(3) [0, 1, 2]",
            ],
            frame.Shown());
    }

    [Fact]
    public void Throw_ThroughTheMethodAroundALambda_ShowsEachVariableOnce()
    {
        var frame = Thrown.By(() => new Closures().InLambda("host", 3)).FrameOf("Closures.InLambda(string host, int times)");

        Assert.Equal(["this", "host", "times", "round", "check", "seen", "label"], frame.Variables.Select(variable => variable.Name));
        Assert.Contains("Local string label = \"host-2\"", frame.Shown());
    }

    [Fact]
    public void Throw_InALocalFunction_ShowsItsVariablesAndThoseAroundIt()
    {
        var frame = Thrown.By(() => Closures.InLocalFunction("host")).FrameOf("Closures.InLocalFunction+Try(int limit)");

        Assert.Equal(["Argument int limit = 5", "Local int left = 3", "Closure int tries = 2", "Closure string host = \"host\""], frame.Shown());
    }

    [Fact]
    public void Throw_InAStaticLambda_ShowsItsVariables()
    {
        var frame = Thrown.By(() => Closures.InStaticLambda(8)).FrameOf("Closures.InStaticLambda+lambda(int value)");

        Assert.Equal(["Argument int value = 8", "Local int part = 4"], frame.Shown());
    }

    [Fact]
    public async Task Throw_InAnAsyncLambda_ShowsItsVariablesAndThoseAroundIt()
    {
        var frame = (await Thrown.ByAsync(() => new Closures().InAsyncLambda("host"))).FrameOf("Closures.InAsyncLambda+lambda(string zone)");

        Assert.Equal(
            [
                "This Closures this = Closures { owner = \"ops\" }",
                "Argument string zone = \"west\"",
                "Closure int attempt = 2",
                "Closure string host = \"host\"",
            ],
            frame.Shown());
    }

    [Fact]
    public void Throw_AfterALambdaChangedAParameter_ShowsTheChangedValue()
    {
        var frame = Thrown.By(() => Closures.ParameterChangedInLambda(2)).FrameOf("Closures.ParameterChangedInLambda");

        Assert.Contains("Argument int number = 42", frame.Shown());
    }
}
