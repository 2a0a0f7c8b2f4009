using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mayhem.Benchmarks.Soak;

/// <summary>What has happened to each request, kept outside of what is soaked. All room is made at the beginning, so that it does not grow.</summary>
internal sealed class SoakBook(int messages, int seed, bool chaos)
{
    private const string NumberPrefix = "n-";

    private readonly int[] restarts = new int[messages];
    private readonly byte[] deadLetters = new byte[messages];
    private readonly byte[] stumbled = new byte[messages];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> probes = new(StringComparer.Ordinal);

    /// <summary>The id of the request of a number.</summary>
    public static string IdOf(int number) => NumberPrefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fate of the request of a number.</summary>
    public SoakFate FateOf(int number) => SoakFates.Of(number, seed, chaos);

    /// <summary>The fate of a request. One without a number goes well: it is to warm up, or a probe.</summary>
    public SoakFate FateOf(string requestId) => HasNumber(requestId) ? FateOf(NumberOf(requestId)) : SoakFate.Well;

    /// <summary>True the first time for a request: what goes wrong once goes wrong then.</summary>
    public bool StumblesNow(string requestId) => Interlocked.Exchange(ref stumbled[NumberOf(requestId)], 1) == 0;

    /// <summary>A host was restarted for a request.</summary>
    public void Restarted(string requestId)
    {
        if (HasNumber(requestId))
            Interlocked.Increment(ref restarts[NumberOf(requestId)]);
        else if (probes.TryGetValue(requestId, out var probe))
            probe.TrySetResult(Stopwatch.GetTimestamp());
    }

    /// <summary>Whether a host was restarted for a request.</summary>
    public bool WasRestarted(string requestId) =>
        HasNumber(requestId) ? Volatile.Read(ref restarts[NumberOf(requestId)]) > 0 : probes.TryGetValue(requestId, out var probe) && probe.Task.IsCompleted;

    /// <summary>The message of a request was found among the dead letters.</summary>
    public void DeadLettered(string messageId) => deadLetters[NumberOf(messageId)]++;

    /// <summary>Sends a request and waits until its host is restarted.</summary>
    public async Task<TimeSpan> ProbeAsync(int number, Func<string, Task> send)
    {
        var id = "probe-" + number.ToString(CultureInfo.InvariantCulture);
        var probe = probes[id] = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = Stopwatch.GetTimestamp();
        await send(id);
        return Stopwatch.GetElapsedTime(sent, await probe.Task);
    }

    /// <summary>Forgets the probes of a slice, all of which are settled.</summary>
    public void ForgetProbes() => probes.Clear();

    /// <summary>Sums up what has become of the requests below a number.</summary>
    public SoakTotals Total(int sent)
    {
        var totals = new SoakTotals(sent, 0, 0, 0, 0, 0);
        for (var number = 0; number < sent; number++)
        {
            var deadly = SoakFates.IsDeadly(FateOf(number));
            totals = totals with
            {
                Restarted = totals.Restarted + (restarts[number] > 0 ? 1 : 0),
                RestartedTwice = totals.RestartedTwice + (restarts[number] > 1 ? 1 : 0),
                DeadLettered = totals.DeadLettered + (deadLetters[number] > 0 ? 1 : 0),
                DeadLetteredInVain = totals.DeadLetteredInVain + (deadLetters[number] > 0 && !deadly ? 1 : 0),
                Lost = totals.Lost + (restarts[number] == 0 && deadLetters[number] == 0 ? 1 : 0),
            };
        }

        return totals;
    }

    private static bool HasNumber(string requestId) => requestId.StartsWith(NumberPrefix, StringComparison.Ordinal);

    // Of the message's id too, which a copy has with an ending.
    private static int NumberOf(string id)
    {
        var end = id.IndexOf(':', StringComparison.Ordinal);
        return int.Parse(end < 0 ? id.AsSpan(2) : id.AsSpan(2, end - 2), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}

/// <summary>What has become of the requests.</summary>
/// <param name="Sent">How many there were.</param>
/// <param name="Restarted">For how many a host was restarted.</param>
/// <param name="RestartedTwice">For how many that happened more than once.</param>
/// <param name="DeadLettered">How many were dead-lettered.</param>
/// <param name="DeadLetteredInVain">How many of those could have gone well.</param>
/// <param name="Lost">How many were neither carried out nor dead-lettered.</param>
internal sealed record SoakTotals(int Sent, int Restarted, int RestartedTwice, int DeadLettered, int DeadLetteredInVain, int Lost);
