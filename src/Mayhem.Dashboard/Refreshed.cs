using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard;

/// <summary>
/// Something that is costly to read, read again when somebody asks and it has become old. Whoever asks gets what is there, unless it is much too old; one reading goes on at a time, and
/// readings take a tenth of the time at most. A reading that fails leaves what was read before. Thread-safe.
/// </summary>
/// <param name="what">What is read, for the log.</param>
/// <param name="read">Reads it. It is given what was read before; null at first.</param>
/// <param name="freshFor">How long it counts as new, if reading it takes less than a tenth of that.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Hears of readings that fail.</param>
internal sealed class Refreshed<T>(string what, Func<T?, CancellationToken, Task<T>> read, TimeSpan freshFor, TimeProvider clock, ILogger logger) : IDisposable
    where T : class
{
    private const int Rest = 10;
    private const int MuchTooOld = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private T? value;
    private string? error;
    private long readAt;
    private TimeSpan took;
    private Task? reading;

    /// <summary>What is known.</summary>
    public async ValueTask<Known<T>> GetAsync(CancellationToken cancellationToken)
    {
        Task? wait = null;
        lock (gate)
        {
            var age = reading is null && readAt == 0 ? TimeSpan.MaxValue : clock.GetElapsedTime(readAt);
            var fresh = took * Rest > freshFor ? took * Rest : freshFor;
            if (age >= fresh && reading is null && !ending.IsCancellationRequested)
                reading = Task.Run(() => ReadAsync(ending.Token), CancellationToken.None);
            if (reading is not null && (value is null || age > fresh * MuchTooOld))
                wait = reading;
        }

        if (wait is not null)
            await wait.WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
            return new Known<T>(value, value is null ? error ?? "It is still being read." : error);
    }

    /// <summary>Makes the next question read again: something has just been changed.</summary>
    public void Expire()
    {
        lock (gate)
            (readAt, took) = (0, TimeSpan.Zero);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        T? found = null;
        string? why = null;
        try
        {
            found = await read(value, cancellationToken);
        }
        catch (Exception failure)
        {
            why = Redaction.Redactor.MessageOf(failure);
            if (!cancellationToken.IsCancellationRequested)
                Log.SourceFailed(logger, failure, what);
        }

        lock (gate)
        {
            value = found ?? value;
            error = why;
            readAt = clock.GetTimestamp();
            took = clock.GetElapsedTime(start);
            reading = null;
        }
    }
}

/// <summary>What is known of something.</summary>
/// <param name="Value">What was read last; null if nothing could be read yet.</param>
/// <param name="Error">Why it could not be read just now; null if it could.</param>
internal sealed record Known<T>(T? Value, string? Error)
    where T : class;
