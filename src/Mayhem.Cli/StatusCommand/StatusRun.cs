using System.Text.Json;
using Mayhem.Cli.DoctorCommand;
using Mayhem.Cli.RunDoor;
using Mayhem.Cli.Up;
using Mayhem.DeadLetters;
using Spectre.Console;

namespace Mayhem.Cli.StatusCommand;

/// <summary>Carries out <c>mayhem status</c> and <c>mayhem watch</c>.</summary>
internal sealed class StatusRun(Place place, TimeProvider clock, bool json)
{
    /// <summary>Tells it once.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">It cannot be told.</exception>
    public async Task<int> OnceAsync()
    {
        using var status = await ReadAsync(CancellationToken.None);
        Tell(status, Terminal.Output());
        return ExitCodes.Success;
    }

    /// <summary>Tells it again and again.</summary>
    /// <param name="interval">How often.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">It cannot be told.</exception>
    public async Task<int> WatchAsync(TimeSpan interval)
    {
        using var signals = new StopSignals(Environment.Exit);
        var stop = signals.Requested;
        try
        {
            if (json || !Terminal.IsLive)
            {
                while (!stop.IsCancellationRequested)
                {
                    using var status = await ReadAsync(stop);
                    Tell(status, Terminal.Output());
                    if (HasEnded(status))
                        break;
                    await Task.Delay(interval, clock, stop);
                }
            }
            else
            {
                await AnsiConsole.Live(new Text("")).AutoClear(enabled: false).StartAsync(async live =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        using var status = await ReadAsync(stop);
                        live.UpdateTarget(StatusPicture.Of(status.RootElement));
                        if (HasEnded(status))
                            break;
                        await Task.Delay(interval, clock, stop);
                    }
                });
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }

        return ExitCodes.Success;
    }

    // Nothing changes any more, and looking locks the journal for a moment, which the next run needs.
    private static bool HasEnded(JsonDocument status) => status.RootElement.TryGetProperty("running", out var running) && !running.GetBoolean();

    private void Tell(JsonDocument status, IAnsiConsole console)
    {
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(status.RootElement));
        else
            console.Write(StatusPicture.Of(status.RootElement));
    }

    private async Task<JsonDocument> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var queue = await OpenQueue.OpenAsync(place, clock, cancellationToken);
            return queue.Run is { } run ? await run.StatusAsync(cancellationToken) : await WithoutRunAsync(queue, cancellationToken);
        }
        catch (Exception error) when (error is BenchException || QueueInAzure.IsRefusal(error))
        {
            throw new UsageException(error.Message, error);
        }
    }

    private async Task<JsonDocument> WithoutRunAsync(OpenQueue queue, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (queue.Local is { } local)
            {
                writer.WriteBoolean("running", false);
                writer.WriteString("data", place.DataFolder);
                QueueStatus.Write(writer, local);
            }
            else
            {
                writer.WriteString("namespace", place.Namespace);
                var found = (await queue.Administration!.GetQueueRuntimePropertiesAsync(queue.Name, cancellationToken)).Value;
                QueueStatus.Write(writer, queue.Name, queue.Sessions, found.ActiveMessageCount, locked: 0, found.ScheduledMessageCount, deferred: 0, found.DeadLetterMessageCount);
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.ToArray());
    }
}
