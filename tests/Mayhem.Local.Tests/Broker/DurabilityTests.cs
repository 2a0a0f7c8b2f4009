using Mayhem.Local.Broker;
using Mayhem.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayhem.Local.Tests.Broker;

/// <summary>A kill is simulated by opening a copy of the folder while the broker that writes to it goes on.</summary>
public sealed class DurabilityTests : IAsyncDisposable
{
    private const string Name = "restarts";

    private readonly ManualTimeProvider time = new();
    private readonly TemporaryFolder folder = new();
    private readonly List<EmbeddedBroker> brokers = [];

    [Fact]
    public async Task Send_AfterKill_IsThere()
    {
        var queue = await OpenAsync("a");
        var number = await queue.SendAsync(Full("m"), CancellationToken.None);
        var kept = Assert.Single(await Receive(await KillAsync("b")));
        Assert.Equal(number, kept.SequenceNumber);
        AssertSame(Full("m"), kept.Content);
    }

    [Fact]
    public async Task Complete_AfterKill_IsGone()
    {
        var queue = await OpenAsync("a");
        await queue.SendAsync(Full("m"), CancellationToken.None);
        await queue.CompleteAsync(Assert.Single(await Receive(queue)).LockToken, CancellationToken.None);
        Assert.Empty(await Receive(await KillAsync("b")));
    }

    [Fact]
    public async Task Delivery_AfterKill_IsCountedAndItsLockIsGone()
    {
        var queue = await OpenAsync("a");
        await queue.SendAsync(Full("m"), CancellationToken.None);
        var before = Assert.Single(await Receive(queue));
        queue = await KillAsync("b");
        Assert.Equal(BrokerFailure.MessageLockLost,
            (await Assert.ThrowsAsync<BrokerException>(() => queue.CompleteAsync(before.LockToken, CancellationToken.None))).Failure);
        Assert.Equal(2, Assert.Single(await Receive(queue)).DeliveryCount);
    }

    [Fact]
    public async Task LastDelivery_AfterKill_IsADeadLetter()
    {
        var queue = await OpenAsync("a", new QueueOptions { MaxDeliveryCount = 1 });
        await queue.SendAsync(Full("m"), CancellationToken.None);
        Assert.Single(await Receive(queue));
        queue = await KillAsync("b", new QueueOptions { MaxDeliveryCount = 1 });
        Assert.Empty(await Receive(queue));
        Assert.Equal("MaxDeliveryCountExceeded", Assert.Single(queue.Peek(SubQueue.DeadLetter, 0, 10)).DeadLetterReason);
    }

    [Fact]
    public async Task LastDeliveryDeferred_AfterKill_IsStillDeferred()
    {
        var options = new QueueOptions { MaxDeliveryCount = 1 };
        var queue = await OpenAsync("a", options);
        await queue.SendAsync(Full("m"), CancellationToken.None);
        var message = Assert.Single(await Receive(queue));
        await queue.DeferAsync(message.LockToken, properties: null, CancellationToken.None);
        queue = await KillAsync("b", options);
        Assert.Equal(MessageState.Deferred, Assert.Single(queue.Peek(SubQueue.None, 0, 10)).State);
    }

    [Fact]
    public async Task Schedule_DueWhileDown_BecomesActive()
    {
        var queue = await OpenAsync("a");
        await queue.SendAsync(Full("m") with { ScheduledFor = time.GetUtcNow().AddMinutes(5) }, CancellationToken.None);
        time.JumpWallClock(TimeSpan.FromMinutes(6));
        var kept = Assert.Single(await Receive(await KillAsync("b")));
        Assert.Equal(2, kept.SequenceNumber);
        Assert.Equal(time.GetUtcNow(), kept.EnqueuedAt);
    }

    [Fact]
    public async Task DuplicateOfACompletedMessage_AfterKill_IsDropped()
    {
        var options = new QueueOptions { DuplicateDetectionWindow = TimeSpan.FromMinutes(1) };
        var queue = await OpenAsync("a", options);
        await queue.SendAsync(Full("m"), CancellationToken.None);
        await queue.CompleteAsync(Assert.Single(await Receive(queue)).LockToken, CancellationToken.None);
        queue = await KillAsync("b", options);
        await queue.SendAsync(Full("m"), CancellationToken.None);
        Assert.Equal(1, queue.Counters.DuplicatesDropped);
        Assert.Empty(await Receive(queue));
    }

    [Fact]
    public async Task Everything_AfterKillAndAfterCompaction_IsTheSame()
    {
        var options = new QueueOptions { DuplicateDetectionWindow = TimeSpan.FromMinutes(10), MaxDeliveryCount = 3 };
        var queue = await OpenAsync("a", options, compactionMinimumBytes: 1);
        for (var i = 0; i < 60; i++)
        {
            await queue.SendAsync(Full($"m{i}"), CancellationToken.None);
            await queue.SendAsync(Full($"s{i}") with { ScheduledFor = time.GetUtcNow().AddMinutes(5) }, CancellationToken.None);
            var message = Assert.Single(await Receive(queue));
            await ((i % 5) switch
            {
                0 => queue.CompleteAsync(message.LockToken, CancellationToken.None),
                1 => queue.DeadLetterAsync(message.LockToken, "why", "because", Changes(i), CancellationToken.None),
                2 => queue.DeferAsync(message.LockToken, Changes(i), CancellationToken.None),
                3 => queue.AbandonAsync(message.LockToken, Changes(i), CancellationToken.None),
                _ => Task.CompletedTask,
            });
        }
        var again = await KillAsync("b", options);
        Assert.Equal(Unlocked(queue), Unlocked(again));
        Assert.Equal(Roots(queue), Roots(again));
    }

    [Fact]
    public async Task AnyPrefixOfTheLog_Reopened_IsAQueueThatWorks()
    {
        var queue = await OpenAsync("a");
        for (var i = 0; i < 5; i++)
            await queue.SendAsync(Full($"m{i}"), CancellationToken.None);
        foreach (var message in await Receive(queue))
            await queue.AbandonAsync(message.LockToken, Changes(1), CancellationToken.None);
        Copy(folder["a"], folder["whole"]);
        var log = Directory.GetFiles(folder["whole"], "*.log", SearchOption.AllDirectories).Single();
        var length = new FileInfo(log).Length;
        var held = new List<int>();
        for (var prefix = length; prefix > 64; prefix -= 97)
        {
            var cut = $"cut-{prefix}";
            Copy(folder["whole"], folder[cut]);
            var file = Directory.GetFiles(folder[cut], "*.log", SearchOption.AllDirectories).Single();
            await using (var stream = File.Open(file, FileMode.Open))
                stream.SetLength(prefix);
            var reopened = await OpenAsync(cut);
            held.Add(reopened.Peek(SubQueue.None, 0, 10).Count);
            await reopened.SendAsync(Full("later"), CancellationToken.None);
            var received = await Receive(reopened);
            Assert.Equal(held[^1] + 1, received.Count);
            Assert.Equal(received.Select(message => message.SequenceNumber).Order(), received.Select(message => message.SequenceNumber));
            await brokers[^1].DisposeAsync();
        }
        Assert.Equal(5, held[0]);
        Assert.Equal(held.OrderDescending(), held);
        Assert.True(held[^1] < 5);
    }

    [Fact]
    public async Task SecondBroker_OnTheSameFolder_IsRefused()
    {
        await OpenAsync("a");
        await Assert.ThrowsAsync<Mayhem.Journal.JournalInUseException>(() => OpenAsync("a"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in brokers)
            await broker.DisposeAsync();
        folder.Dispose();
    }

    internal static MessageContent Full(string id) => new()
    {
        MessageId = id,
        Body = new byte[] { 0, 1, 255 },
        SessionId = "session",
        PartitionKey = "partition",
        CorrelationId = "correlation " + id,
        Subject = "subject",
        ContentType = "application/json",
        To = "to",
        ReplyTo = "reply",
        ReplyToSessionId = "reply session",
        TimeToLive = TimeSpan.FromHours(3),
        Properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["string"] = "grün", ["true"] = true, ["false"] = false, ["byte"] = byte.MaxValue, ["sbyte"] = sbyte.MinValue, ["short"] = short.MinValue,
            ["ushort"] = ushort.MaxValue, ["int"] = int.MinValue, ["uint"] = uint.MaxValue, ["long"] = long.MinValue, ["ulong"] = ulong.MaxValue,
            ["float"] = 1.5f, ["double"] = double.NegativeInfinity, ["decimal"] = 79.228162514264337593543950335m, ["char"] = 'ß',
            ["guid"] = new Guid("0a1b2c3d-0000-0000-0000-000000000001"), ["time"] = new DateTime(2026, 11, 21, 1, 2, 3, DateTimeKind.Utc),
            ["offset"] = new DateTimeOffset(2026, 11, 21, 1, 2, 3, TimeSpan.FromHours(2)), ["span"] = TimeSpan.FromTicks(-1),
            ["uri"] = new Uri("https://example.com/a?b=c"), ["bytes"] = new byte[] { 9, 8 }, ["null"] = null!,
        },
    };

    private static void AssertSame(MessageContent expected, MessageContent actual)
    {
        Assert.Equal(expected.Body.ToArray(), actual.Body.ToArray());
        Assert.Equal(expected.Properties, actual.Properties);
        Assert.Equal(expected with { Body = default, Properties = MessageContent.NoProperties }, actual with { Body = default, Properties = MessageContent.NoProperties });
    }

    private static Dictionary<string, object> Changes(int number) => new(StringComparer.Ordinal) { ["changed"] = number };

    private static Task<IReadOnlyList<BrokeredMessage>> Receive(BrokerQueue queue) =>
        queue.ReceiveAsync(SubQueue.None, queue.Options.MaxDeliveryCount == 3 ? 1 : 100, ReceiveMode.PeekLock, TimeSpan.Zero, CancellationToken.None).AsTask();

    private static List<string> Unlocked(BrokerQueue queue) =>
        [.. new[] { SubQueue.None, SubQueue.DeadLetter }.SelectMany(from => queue.Peek(from, 0, int.MaxValue)).Select(message =>
            $"{message.SequenceNumber} {(message.State == MessageState.Locked ? MessageState.Active : message.State)} {message.Content.MessageId} {message.DeliveryCount} "
            + $"{message.EnqueuedAt:o} {message.ExpiresAt:o} {message.Content.ScheduledFor:o} {message.DeadLetterReason} {message.DeadLetterSource} "
            + string.Join(',', message.Properties.Where(property => property.Key is "changed" or "DeadLetterReason" or "DeadLetterErrorDescription")))];

    private static IEnumerable<string> Roots(BrokerQueue queue) =>
        queue.Audit().Select(root => $"{root.RootId} {root.CorrelationId} {root.AcceptedAt:o} {root.Live} {root.Completed} {string.Join(',', root.DeadLettered)}").Order(StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*.log", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }

    // A compaction may replace the log while it is copied, which no process that dies would see.
    private static bool TryCopy(string from, string to)
    {
        try
        {
            Copy(from, to);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private async Task<BrokerQueue> OpenAsync(string name, QueueOptions? options = null, long compactionMinimumBytes = 1 << 20)
    {
        brokers.Add(await EmbeddedBroker.OpenAsync(new EmbeddedBrokerOptions
        {
            Folder = folder[name],
            Queues = new Dictionary<string, QueueOptions>(StringComparer.Ordinal) { [Name] = options ?? new QueueOptions() },
            Journal = new Journal.JournalOptions { Durability = Journal.Durability.OperatingSystem, CompactionMinimumBytes = compactionMinimumBytes },
        }, time, NullLogger<EmbeddedBroker>.Instance));
        return brokers[^1].Queue(Name);
    }

    private Task<BrokerQueue> KillAsync(string survivor, QueueOptions? options = null)
    {
        while (!TryCopy(folder["a"], folder[survivor]))
            Directory.Delete(folder[survivor], recursive: true);
        return OpenAsync(survivor, options);
    }
}
