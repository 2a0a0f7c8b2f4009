namespace Mayhem.Shutdown;

/// <summary>Admits deliveries until the shutdown begins, and sees them out. Thread-safe; entering and leaving cost an interlocked operation each.</summary>
public sealed class DrainGate(TimeProvider timeProvider) : IDisposable
{
    private const long Closed = 1L << 32;

    private readonly Lock starting = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource graceCut = new();
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long state;
    private Task<DrainResult>? drain;

    /// <summary>How long deliveries may take to end after they have been cancelled. Not negative; 5 s by default.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Fires when the grace has run out: cancels what is left.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>True from the beginning of the drain, for good.</summary>
    public bool IsDraining => Interlocked.Read(ref state) >= Closed;

    /// <summary>How many deliveries are in flight.</summary>
    public int InFlight => (int)(Interlocked.Read(ref state) & (Closed - 1));

    /// <summary>Admits one delivery until the ticket is disposed of.</summary>
    /// <returns>False once the drain has begun: the delivery is to be abandoned at once.</returns>
    public bool TryEnter(out DrainTicket ticket)
    {
        var seen = Interlocked.Read(ref state);
        while (seen < Closed)
        {
            var before = Interlocked.CompareExchange(ref state, seen + 1, seen);
            if (before == seen)
            {
                ticket = new DrainTicket(this);
                return true;
            }

            seen = before;
        }

        ticket = default;
        return false;
    }

    /// <summary>
    /// Closes the gate, waits for the deliveries in flight within the grace, cancels what is left by <see cref="Stopping"/>, and waits
    /// for them for <see cref="SettleTime"/> at most. A further call joins the drain under way, and its grace means nothing.
    /// </summary>
    /// <param name="grace">How long to wait before cancelling. Not negative; <see cref="Timeout.InfiniteTimeSpan"/> never cancels.</param>
    /// <param name="cancellationToken">Cuts the grace short. The drain goes on from there and does not throw.</param>
    public async Task<DrainResult> DrainAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        if (grace < TimeSpan.Zero && grace != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(grace), grace, "The grace must not be negative.");
        Task<DrainResult> underWay;
        lock (starting)
            underWay = drain ??= CloseAndWaitAsync(grace);
        await using var hurry = cancellationToken.UnsafeRegister(cut => ((CancellationTokenSource)cut!).Cancel(), graceCut);
        return await underWay;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        stopping.Dispose();
        graceCut.Dispose();
    }

    internal void Leave()
    {
        if (Interlocked.Decrement(ref state) == Closed)
            empty.TrySetResult();
    }

    private async Task<DrainResult> CloseAndWaitAsync(TimeSpan grace)
    {
        var start = timeProvider.GetTimestamp();
        var atClosing = (int)Interlocked.Or(ref state, Closed);
        if (atClosing == 0)
            empty.TrySetResult();
        await empty.Task.WaitAsync(grace, timeProvider, graceCut.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var afterGrace = InFlight;
        if (afterGrace > 0)
        {
            // What handlers registered runs on the pool and cannot hold the shutdown up.
            _ = stopping.CancelAsync();
            await empty.Task.WaitAsync(SettleTime, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var left = InFlight;
        return new DrainResult(atClosing - afterGrace, afterGrace - left, left, timeProvider.GetElapsedTime(start));
    }
}

/// <summary>The admission of one delivery. Dispose of it exactly once, when the delivery has been settled.</summary>
public readonly struct DrainTicket : IDisposable
{
    private readonly DrainGate? gate;

    internal DrainTicket(DrainGate gate) => this.gate = gate;

    /// <inheritdoc />
    public void Dispose() => gate?.Leave();
}
