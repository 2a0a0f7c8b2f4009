using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Mayhem.FrameCapture.Tests.Values;

public class ValueFormatterTests
{
    public static TheoryData<object?, string> Plain => new()
    {
        { null, "null" },
        { true, "true" },
        { 42, "42" },
        { -1.5, "-1.5" },
        { 1.10m, "1.10" },
        { 'x', "'x'" },
        { "text", "\"text\"" },
        { "a\"b\n", "\"a\\\"b\\u000a\"" },
        { DayOfWeek.Friday, "Friday" },
        { TimeSpan.FromSeconds(90), "00:01:30" },
        { new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero), "2026-11-21T03:00:00.0000000+00:00" },
        { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { new Uri("https://example.net/x"), "\"https://example.net/x\"" },
        { new StringBuilder("built"), "\"built\"" },
        { typeof(Dictionary<string, int?>), "Dictionary<string, int?>" },
        { new byte[3], "byte[3]" },
        { Task.CompletedTask, "RanToCompletion" },
        { CancellationToken.None, "not cancelled" },
        { new TimeoutException("late"), "TimeoutException: \"late\"" },
        { new HttpClient(), "(HttpClient)" },
    };

    public static TheoryData<object, string> Collections => new()
    {
        { new[] { 1, 2 }, "int[2] [1, 2]" },
        { new List<string?> { "a", null }, "List<string>(2) [\"a\", null]" },
        { new HashSet<int> { 7 }, "HashSet<int>(1) [7]" },
        { new Dictionary<string, int> { ["a"] = 1 }, "Dictionary<string, int>(1) [\"a\" = 1]" },
        { new ConcurrentDictionary<int, string>([new(1, "x")]), "ConcurrentDictionary<int, string>(1) [1 = \"x\"]" },
        { ImmutableArray.Create(1, 2), "ImmutableArray<int>(2) [1, 2]" },
        { (1, "two"), "(1, \"two\")" },
        { new List<KeyValuePair<string, string>> { new("token", "planted") }, "List<KeyValuePair<string, string>>(1) [\"token\" = (sensitive)]" },
        { new KeyValuePair<int, string>(1, "one"), "1 = \"one\"" },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void Format_PlainValue_IsItsText(object? value, string expected) => Assert.Equal(expected, ValueFormatter.Default.Format(value));

    [Theory]
    [MemberData(nameof(Collections))]
    public void Format_Collection_ListsItsItems(object value, string expected) => Assert.Equal(expected, ValueFormatter.Default.Format(value));

    [Fact]
    public void Format_FrozenDictionary_ListsItsItems() =>
        Assert.EndsWith("(1) [\"a\" = 1]", ValueFormatter.Default.Format(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1 }.ToFrozenDictionary(StringComparer.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Format_Object_ShowsItsFieldsAndThoseOfItsBase() =>
        Assert.Equal(
            "Server { load = 3, Zone = \"west\", Name = \"cattle\" }",
            ValueFormatter.Default.Format(new Server("cattle") { Zone = "west" }));

    [Fact]
    public void Format_ObjectWithCodeInIt_RunsNoneOfIt()
    {
        var trap = new Trap();

        Assert.Equal("Trap { Items = TrapItems {  } }", ValueFormatter.Default.Format(trap));
    }

    [Fact]
    public void Format_Cycle_EndsIt()
    {
        var node = new Node();
        node.Next = node;

        Assert.Equal("Node { Next = (cycle) }", ValueFormatter.Default.Format(node));
    }

    [Fact]
    public void Format_DeepObject_StopsAtTheDepth()
    {
        var node = new Node { Next = new Node { Next = new Node { Next = new Node() } } };

        Assert.Equal("Node { Next = Node { Next = Node { Next = (Node) } } }", ValueFormatter.Default.Format(node));
        Assert.Equal("Node { Next = (Node) }", new ValueFormatter(new ValueFormat { MaxDepth = 1 }).Format(node));
    }

    [Fact]
    public void Format_LongText_IsCutAndTellsItsLength() =>
        Assert.Equal($"\"{new string('x', 255)}\"… 300 characters", ValueFormatter.Default.Format(new string('x', 300)));

    [Fact]
    public void Format_ManyItems_ShowsTheFirstHundred()
    {
        var shown = ValueFormatter.Default.Format(Enumerable.Range(0, 150).ToArray());

        Assert.StartsWith("int[150] [0, 1, ", shown, StringComparison.Ordinal);
        Assert.EndsWith("98, 99, …]", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_LargeObject_StaysWithinItsLength()
    {
        var rows = Enumerable.Range(0, 100).Select(_ => Enumerable.Repeat(new string('x', 200), 100).ToArray()).ToArray();

        Assert.InRange(ValueFormatter.Default.Format(rows).Length, 4_000, 4_097);
    }

    [Fact]
    public void Format_CollectionChangedByOthers_ShowsWhatItCan()
    {
        Assert.Equal("ImmutableArray<int>() [ (changed while it was read)]", new ValueFormatter().Format(default(ImmutableArray<int>)).Trim());
    }

    [Fact]
    public void Format_RedactText_SeesTheTextBeforeItIsCut()
    {
        var formatter = new ValueFormatter(new ValueFormat { MaxText = 10, RedactText = text => text.Replace("Key=abcdefghij", "Key=***", StringComparison.Ordinal) });

        Assert.Equal("\"1234Key=**\"… 18 characters", formatter.Format("1234Key=abcdefghij"));
    }

    [Fact]
    public void Format_RedactTextThatThrows_ShowsNothingOfTheText()
    {
        var formatter = new ValueFormatter(new ValueFormat { RedactText = _ => throw new InvalidOperationException("broken") });

        Assert.Equal("List<string>(1) [(sensitive)]", formatter.Format(new List<string> { "planted" }));
    }

    [Fact]
    public void Format_SensitiveType_MasksIt()
    {
        var formatter = new ValueFormatter(new ValueFormat { IsSensitiveType = type => type == typeof(Server) });

        Assert.Equal("(sensitive)", formatter.Format(new Server("cattle")));
        Assert.Equal("Server[1] [(sensitive)]", formatter.Format(new[] { new Server("cattle") }));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("apiKey")]
    public void Format_SensitiveName_MasksTheValue(string name)
    {
        Assert.Equal("(sensitive)", ValueFormatter.Default.Format("planted", name));
        Assert.Equal("(sensitive)", ValueFormatter.Default.Format(1234, name));
        Assert.Equal("null", ValueFormatter.Default.Format(null, name));
    }

    [Fact]
    public void MaxDepth_OutOfItsRange_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ValueFormat { MaxDepth = 0 });
}
