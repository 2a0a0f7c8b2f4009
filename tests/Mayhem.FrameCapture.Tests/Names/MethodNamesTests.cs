using System.Reflection;

namespace Mayhem.FrameCapture.Tests.Names;

public class MethodNamesTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Theory]
    [InlineData(nameof(Subject.Plain), "MethodNamesTests.Subject.Plain(string host, int? count)")]
    [InlineData(nameof(Subject.Passed), "MethodNamesTests.Subject.Passed(ref int first, out string second, in Guid third)")]
    [InlineData(nameof(Subject.Generic), "MethodNamesTests.Subject.Generic<T>(List<T> items)")]
    [InlineData("get_Zone", "MethodNamesTests.Subject.Zone.get()")]
    [InlineData("set_Zone", "MethodNamesTests.Subject.Zone.set(string value)")]
    public void Of_Method_IsAsWritten(string name, string expected) => Assert.Equal(expected, MethodNames.Of(typeof(Subject).GetMethod(name, All)!));

    [Fact]
    public void Of_Constructors_SayWhatTheyMake()
    {
        Assert.Equal("new MethodNamesTests.Subject(int size)", MethodNames.Of(typeof(Subject).GetConstructor([typeof(int)])!));
        Assert.Equal("static MethodNamesTests.Subject()", MethodNames.Of(typeof(Subject).TypeInitializer!));
    }

    [Fact]
    public void Of_DynamicMethod_HasNoType() =>
        Assert.Equal("made()", MethodNames.Of(new System.Reflection.Emit.DynamicMethod("made", typeof(void), [])));

    private sealed class Subject(int size)
    {
        private static readonly string First = Environment.MachineName;

        static Subject() => First = "";

        public string Zone { get; set; } = First;

        public int Plain(string host, int? count) => size + host.Length + (count ?? 0);

        public static void Passed(ref int first, out string second, in Guid third) => second = $"{first}{third}";

        public static int Generic<T>(List<T> items) => items.Count;
    }
}
