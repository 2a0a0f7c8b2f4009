using System.Text;
using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker;

/// <summary>
/// What earlier versions have written stays readable. The records here, hexadecimal with texts between quotes, are never changed: an event that is written differently gets another line.
/// </summary>
public sealed class EarlierFormatTests
{
    private const string At = "80 00 B7 96 AB 49 DE 08";
    private const string AnHourLater = "80 68 7B F8 B3 49 DE 08";
    private const string AnHour = "00 68 C4 61 08 00 00 00";
    private const string Everything =
        $"02'm1' 01 01's' 01 01'p' 01 02'c1' 01 07'subject' 01 10'application/json' 01 02'to' 01 05'reply' 01 02'rs' 01 {AnHour} 01 {At} 00 03 01 02 FF";

    private static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Moment Now = new(Then, TimeSpan.Zero);

    // By the name of the event, each with what it must come to.
    private static readonly (string Kind, string Event, Action<QueueState> Means)[] Events =
    [
        (nameof(QueueEvent.Accepted), $"01 01 {Everything}", queue => AssertEverything(Peek(queue, 1))),
        (nameof(QueueEvent.Delivered), "03 01", queue => Assert.Equal(1, Peek(queue, 1).DeliveryCount)),
        (nameof(QueueEvent.Abandoned), "05 01 01 01'a' 08 05 00 00 00 00 00 00 00", queue => Assert.Equal(5, Peek(queue, 1).Properties["a"])),
        (nameof(QueueEvent.Deferred), "06 01 01 01'a' 03", queue => Assert.Equal((MessageState.Deferred, true), (Peek(queue, 1).State, Peek(queue, 1).Properties["a"]))),
        (nameof(QueueEvent.DeadLettered), "07 01 01 03'why' 01 07'because' 01 01'a' 02", queue => Assert.Equal(
            ("why", "because", false), (Dead(queue, 1).DeadLetterReason, Dead(queue, 1).Properties["DeadLetterErrorDescription"], Dead(queue, 1).Properties["a"]))),
        (nameof(QueueEvent.Completed), "04 01", queue => Assert.Equal((0, 1), (queue.Counts.DeadLettered, Root(queue, "m1").Resolved))),
        (nameof(QueueEvent.Accepted), $"01 02 {Scheduled("m2")}", queue => Assert.Equal((MessageState.Scheduled, Then.AddHours(1)), (Peek(queue, 2).State, Peek(queue, 2).Content.ScheduledFor))),
        (nameof(QueueEvent.Activated), "02 02 03", queue => Assert.Equal(("m2", MessageState.Active), (Peek(queue, 3).Content.MessageId, Peek(queue, 3).State))),
        (nameof(QueueEvent.Expired), "08 03", queue => Assert.Equal((0, 1), (queue.Counts.Active, Root(queue, "m2").Expired))),
        (nameof(QueueEvent.Accepted), $"01 04 {Scheduled("m4")}", queue => Assert.Equal(1, queue.Counts.Scheduled)),
        (nameof(QueueEvent.Cancelled), "09 04", queue => Assert.Equal((0, 1), (queue.Counts.Scheduled, Root(queue, "m4").Cancelled))),
        (nameof(QueueEvent.SessionStateSet), "0A 01's' 01 02 07 08", queue => Assert.Equal([7, 8], SessionState(queue)!.Value.ToArray())),
        (nameof(QueueEvent.SessionStateSet), "0A 01's' 00 00", queue => Assert.Null(SessionState(queue))),
        (nameof(QueueEvent.Kept), $"0C {Everything} 01 01'a' 03 05 03 02 {At} 01 {AnHourLater} 00 00 01", queue =>
        {
            AssertEverything(Peek(queue, 5));
            Assert.Equal((MessageState.Deferred, 2, true), (Peek(queue, 5).State, Peek(queue, 5).DeliveryCount, Peek(queue, 5).Properties["a"]));
        }),
        (nameof(QueueEvent.Kept), $"0C {Scheduled("m6")} 00 06 02 00 {At} 00 00 00 00", queue => Assert.Equal(MessageState.Scheduled, Peek(queue, 6).State)),
        (nameof(QueueEvent.Kept), $"0C {Everything} 00 07 00 03 {At} 00 01 01'q' 01 03'why' 00", queue => Assert.Equal(
            ("q", "why", null), (Dead(queue, 7).DeadLetterSource, Dead(queue, 7).DeadLetterReason, Dead(queue, 7).ExpiresAt))),
        (nameof(QueueEvent.Remembered), $"0D 09 02'm9' {At}", queue => Assert.Equal(9, queue.Send(TestQueue.Content("m9", "s"), Now))),
        (nameof(QueueEvent.NumberedFrom), "0B AC 02", queue => Assert.Equal(300, queue.Send(TestQueue.Content("m300", "s"), Now))),
        (nameof(QueueEvent.Audited), $"0E 02'r7' 01 02'c7' {At} 01 02 03'why' 00 02 03 04 05 00", queue =>
        {
            var root = Root(queue, "r7");
            Assert.Equal(("c7", Then, 1, 2, 3, 4, 5), (root.CorrelationId, root.AcceptedAt, root.Live, root.Completed, root.Resolved, root.Expired, root.Cancelled));
            Assert.Equal(["why", ""], root.DeadLettered);
        }),
    ];

    [Fact]
    public void Replay_EventsOfEachKind_MeanWhatTheyMeant()
    {
        var queue = Queue();
        foreach (var (_, happened, means) in Events)
        {
            EventCodec.Replay(Bytes($"{At} {happened}"), queue);
            means(queue);
        }
    }

    [Fact]
    public void Replay_EventsOfOneCommand_AllHappen()
    {
        var queue = Queue();
        EventCodec.Replay(Bytes($"{At} 01 01 {Everything} 03 01 04 01"), queue);
        Assert.Equal((0, 1), (queue.Counts.Active, Root(queue, "m1").Completed));
    }

    [Fact]
    public void Replay_PropertiesOfEachType_HaveTheirValues()
    {
        var queue = Queue();
        EventCodec.Replay(Bytes($"""
            {At} 01 01 02'm1' 00 00 00 00 00 00 00 00 00 00 16
            01'a' 00 01'b' 01 05'grün' 01'c' 02 01'd' 03 01'e' 04 FF 00 00 00 00 00 00 00 01'f' 05 80 FF FF FF FF FF FF FF
            01'g' 06 00 80 FF FF FF FF FF FF 01'h' 07 FF FF 00 00 00 00 00 00 01'i' 08 00 00 00 80 FF FF FF FF 01'j' 09 FF FF FF FF 00 00 00 00
            01'k' 0A 00 00 00 00 00 00 00 80 01'l' 0B FF FF FF FF FF FF FF FF 01'm' 0C 00 00 C0 3F 00 00 00 00 01'n' 0D 00 00 00 00 00 00 04 C0
            01'o' 0E 04'1.50' 01'p' 0F DF 00 00 00 00 00 00 00 01'q' 10 10 3D 2C 1B 0A 00 00 00 00 00 00 00 00 00 00 00 01
            01'r' 11 80 00 B7 96 AB 49 DE 48 01's' 12 80 D0 3F 5A BC 49 DE 08 00 D0 88 C3 10 00 00 00 01't' 13 FF FF FF FF FF FF FF FF
            01'u' 14 12'https://a.example/' 01'v' 15 02 09 08
            00
            """), queue);
        IReadOnlyDictionary<string, object> expected = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["a"] = null!, ["b"] = "grün", ["c"] = false, ["d"] = true, ["e"] = byte.MaxValue, ["f"] = sbyte.MinValue, ["g"] = short.MinValue, ["h"] = ushort.MaxValue,
            ["i"] = int.MinValue, ["j"] = uint.MaxValue, ["k"] = long.MinValue, ["l"] = ulong.MaxValue, ["m"] = 1.5f, ["n"] = -2.5d, ["o"] = 1.50m, ["p"] = 'ß',
            ["q"] = new Guid("0a1b2c3d-0000-0000-0000-000000000001"), ["r"] = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            ["s"] = new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)), ["t"] = TimeSpan.FromTicks(-1), ["u"] = new Uri("https://a.example/"), ["v"] = new byte[] { 9, 8 },
        };
        Assert.Equal(expected, Peek(queue, 1).Properties);
    }

    [Fact]
    public void Events_AreOfAllKinds() => Assert.Equal(
        typeof(QueueEvent).GetNestedTypes().Select(kind => kind.Name).Order(StringComparer.Ordinal),
        Events.Select(happened => happened.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Scheduled(string id) => $"02'{id}' 01 01's' 00 00 00 00 00 00 00 00 01 {AnHourLater} 00 00";

    private static void AssertEverything(BrokeredMessage message)
    {
        var expected = new MessageContent
        {
            MessageId = "m1", SessionId = "s", PartitionKey = "p", CorrelationId = "c1", Subject = "subject", ContentType = "application/json", To = "to", ReplyTo = "reply",
            ReplyToSessionId = "rs", TimeToLive = TimeSpan.FromHours(1), ScheduledFor = Then,
        };
        Assert.Equal(expected, message.Content with { Body = default });
        Assert.Equal([1, 2, 255], message.Content.Body.ToArray());
        Assert.Equal((Then, Then.AddHours(1)), (message.EnqueuedAt, message.ExpiresAt));
    }

    private static QueueState Queue() => new TestQueue(new QueueOptions { RequiresSession = true, DuplicateDetectionWindow = TimeSpan.FromHours(1) }).State;

    private static BrokeredMessage Peek(QueueState queue, long number) => Assert.Single(queue.Peek(SubQueue.None, number, 1, sessionId: null, Now));

    private static BrokeredMessage Dead(QueueState queue, long number) => Assert.Single(queue.Peek(SubQueue.DeadLetter, number, 1, sessionId: null, Now));

    private static AuditedRoot Root(QueueState queue, string id) => queue.Audit.Single(root => root.RootId == id);

    private static ReadOnlyMemory<byte>? SessionState(QueueState queue)
    {
        var token = queue.AcceptSession("s", Now).LockToken;
        var left = queue.SessionState(token, Now);
        queue.ReleaseSession(token, Now);
        return left;
    }

    private static byte[] Bytes(string record) => [.. record.Split('\'').SelectMany((part, index) =>
        index % 2 == 1 ? Encoding.UTF8.GetBytes(part) : Convert.FromHexString(string.Concat(part.Where(char.IsAsciiHexDigit))))];
}
