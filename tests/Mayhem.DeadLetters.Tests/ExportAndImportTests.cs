using System.Text;
using Azure.Messaging.ServiceBus;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.Messages;

namespace Mayhem.DeadLetters.Tests;

public sealed class ExportAndImportTests : BenchUnderTest
{
    private static readonly Dictionary<string, object> EveryType = new(StringComparer.Ordinal)
    {
        ["string"] = "ä\n\"", ["bool"] = true, ["byte"] = (byte)1, ["sbyte"] = (sbyte)-1, ["short"] = (short)-2, ["ushort"] = (ushort)2, ["int"] = -3, ["uint"] = 3u, ["long"] = long.MinValue,
        ["ulong"] = ulong.MaxValue, ["float"] = 0.1f, ["double"] = double.MaxValue, ["decimal"] = 79228162514264337593543950335m, ["char"] = '\uD800', ["guid"] = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        ["datetime"] = new DateTime(2026, 11, 20, 12, 0, 0, 123, DateTimeKind.Utc), ["datetimeoffset"] = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
        ["timespan"] = TimeSpan.FromTicks(123456789), ["uri"] = new Uri("https://example.net/a?b"),
    };

    [Fact]
    public async Task Export_EveryKindOfValue_ComesBackFromItsLine()
    {
        var message = new ServiceBusMessage(new byte[] { 0xFF, 0, 1 }) { MessageId = "raw", SessionId = "s", Subject = "x", ContentType = "y", TimeToLive = TimeSpan.FromHours(1) };
        foreach (var (name, value) in EveryType)
            message.ApplicationProperties[name] = value;
        await KillAsync([message], "Poison", [], SessionQueue);

        var exported = await BenchOf(Client, SessionQueue).ExportAsync(DeadLetterFilter.All, CancellationToken.None).SingleAsync();
        var read = MessageDocument.Parse(exported.ToJson());

        Assert.Equal(exported.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(exported.Properties, read.Properties);
        Assert.Equal(EveryType, read.Properties.Where(property => EveryType.ContainsKey(property.Key)).ToDictionary(StringComparer.Ordinal)!);
        Assert.Equal(exported with { Body = default, Properties = null! }, read with { Body = default, Properties = null! });
        Assert.Single(await DeadAsync(SessionQueue));
    }

    [Fact]
    public async Task Import_Exported_SendsThemAsTheirSendersDid()
    {
        var message = new ServiceBusMessage(Request("a")) { MessageId = "a", SessionId = "s" };
        message.ApplicationProperties["tenant"] = 7L;
        await KillAsync([message], queue: SessionQueue);
        var bench = BenchOf(Client, SessionQueue);
        var lines = await bench.ExportAsync(DeadLetterFilter.All, CancellationToken.None).ToListAsync();

        var outcome = await bench.ImportAsync(lines.ToAsyncEnumerable(), Order, progress: null, CancellationToken.None);

        Assert.Equal(1, outcome.Done);
        var sent = Assert.Single(await QueuedAsync(SessionQueue));
        Assert.Equal("s", sent.SessionId);
        Assert.Equal(7L, sent.ApplicationProperties["tenant"]);
        Assert.Equal("a", sent.ApplicationProperties[MessageProperties.ReplayOf]);
        Assert.Equal("a", sent.CorrelationId);
        Assert.False(sent.ApplicationProperties.ContainsKey(MessageProperties.Budgets));
    }

    [Fact]
    public async Task Import_TheSameTwice_SendsItOnce()
    {
        await KillAsync("a", "b");
        var lines = await Bench.ExportAsync(DeadLetterFilter.All, CancellationToken.None).ToListAsync();

        await Bench.ImportAsync(lines.ToAsyncEnumerable(), Order, progress: null, CancellationToken.None);
        await Bench.ImportAsync(lines.ToAsyncEnumerable(), Order, progress: null, CancellationToken.None);

        Assert.Equal(2, (await QueuedAsync()).Count);
    }

    [Fact]
    public void Read_Bytes_AreTheSame() => Assert.Equal(new byte[] { 0, 255 }, TypedText.Read("bytes", TypedText.Of(new byte[] { 0, 255 })!.Value.Text));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"sequenceNumber":1,"messageId":"a","body":"x"}""")]
    [InlineData("""{"sequenceNumber":1,"messageId":"a","body":{"text":"x"},"properties":{"n":{"type":"int","value":"x"}}}""")]
    [InlineData("""{"sequenceNumber":1,"messageId":"a","body":{"text":"x"},"properties":{"n":{"type":"thing","value":"x"}}}""")]
    public void Parse_WrongLine_SaysWhy(string line) => Assert.Throws<BenchException>(() => MessageDocument.Parse(Encoding.UTF8.GetBytes(line)));
}
