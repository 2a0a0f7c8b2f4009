namespace Mayhem.FrameCapture.Tests.Names;

public class TypeNamesTests
{
    public static TheoryData<Type, string> Types => new()
    {
        { typeof(int), "int" },
        { typeof(string[]), "string[]" },
        { typeof(int[,]), "int[,]" },
        { typeof(int?), "int?" },
        { typeof((int, string)), "(int, string)" },
        { typeof(List<Dictionary<string, object>>), "List<Dictionary<string, object>>" },
        { typeof(Dictionary<string, int>.Enumerator), "Dictionary<string, int>.Enumerator" },
        { typeof(Outer<int>.Inner<string>), "TypeNamesTests.Outer<int>.Inner<string>" },
        { typeof(List<>), "List<T>" },
        { typeof(int*), "int*" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Of_Type_IsAsWrittenInCSharp(Type type, string expected) => Assert.Equal(expected, TypeNames.Of(type));

    public static class Outer<T>
    {
        public sealed class Inner<TInner>
        {
            public T? First { get; set; }

            public TInner? Second { get; set; }
        }
    }
}
