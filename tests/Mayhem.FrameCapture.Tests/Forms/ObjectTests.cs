using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class ObjectTests
{
    [Fact]
    public void Throw_InAConstructor_ShowsTheObjectAsFarAsItIsMade()
    {
        var frame = Thrown.By(() => _ = new Derived("name")).FrameOf("new Derived(string name, bool throws)");

        Assert.Equal(
            ["This Derived this = Derived { size = 7, Name = \"name!\" }", "Argument string name = \"name\"", "Argument bool throws = true", "Local int sum = 11"],
            frame.Shown());
    }

    [Fact]
    public void Throw_InAStructsConstructor_ShowsTheStruct()
    {
        var frame = Thrown.By(() => _ = new Money(1, "four")).FrameOf("new Money");

        Assert.Contains("This Money this = Money { amount = 1, currency = \"four\" }", frame.Shown());
    }

    [Fact]
    public void Throw_InAStructsMethod_ShowsACopyOfTheStruct()
    {
        var frame = Thrown.By(() => new Money(1, "EUR").Split(0)).FrameOf("Money.Split");

        Assert.Equal(
            ["This Money this = Money { amount = 1, currency = \"EUR\" }", "Argument int parts = 0", "Local decimal each = 0.5"],
            frame.Shown());
    }

    [Fact]
    public void Throw_InAnInitAccessor_ShowsTheValue()
    {
        var frame = Thrown.By(() => _ = new Limited { Limit = 6 }).FrameOf("Limited.Limit.set");

        Assert.Contains("Argument int value = 6", frame.Shown());
        Assert.Contains("Local int twice = 12", frame.Shown());
    }

    [Fact]
    public void Throw_InGenericTypesAndMethods_ShowsValuesOfTheirArguments()
    {
        var ofReferences = Thrown.By(() => new Box<string>().Put(1, "item")).FrameOf("Box<T>.Put<TKey>(TKey key, T item)");
        var ofValues = Thrown.By(() => new Box<int>().Put("a", 2)).FrameOf("Box<T>.Put");

        Assert.Contains("This Box<T> this = Box<string> { items = List<string>(1) [\"item\"] }", ofReferences.Shown());
        Assert.Contains("Argument T item = \"item\"", ofReferences.Shown());
        Assert.Contains("This Box<T> this = Box<int> { items = List<int>(1) [2] }", ofValues.Shown());
        Assert.Contains("Argument T item = 2", ofValues.Shown());
    }

    [Fact]
    public void Throw_InAStaticAbstractMember_ShowsItsVariablesAndItsCallers()
    {
        var thrown = Thrown.By(() => Number.Through<Number>("x"));

        Assert.Equal(["Argument string text = \" x \"", "Local string trimmed = \"x\""], thrown.FrameOf("Number.Parse").Shown());
        Assert.Contains("Local string padded = \" x \"", thrown.FrameOf("Number.Through<T>").Shown());
    }
}
