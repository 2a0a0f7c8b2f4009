using System.Text.Json;
using Mayhem.Breakers;
using Mayhem.Cli.Up;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Operators;
using Mayhem.FrontDoor;
using Mayhem.Local.Broker;
using Mayhem.Observation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.RunDoor;

/// <summary>The front door of a <c>mayhem up</c>. It opens beside the run, and the run neither waits for it nor ends with it.</summary>
internal sealed class DoorOfRun : IAsyncDisposable
{
    private readonly CancellationTokenSource giveUp;
    private readonly string file;
    private readonly Task<FrontDoorServer?> opening;

    private DoorOfRun(Func<CancellationToken, Task<FrontDoorServer>> open, Action<FrontDoorServer> announce, string file, ILogger logger, CancellationToken stop)
    {
        this.file = file;
        giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        opening = Task.Run(() => OpenAsync(open, announce, logger, giveUp.Token), CancellationToken.None);
    }

    /// <summary>Begins to open it.</summary>
    public static DoorOfRun Begin(UpOptions options, LocalStack stack, RunFolder folder, ILoggerProvider logging, TimeProvider clock, CancellationToken stop)
    {
        // Of a run that was killed: its port may be somebody else's by now.
        File.Delete(folder.Door);
        var bench = new DeadLetterBench(
            stack.Client, stack.Queue.Name, new OperatorAuditFile(folder.Operators, clock), clock, new DeadLetterBenchOptions { ReceiveWait = TimeSpan.FromSeconds(1) });
        var sources = new FrontDoorSources
        {
            FindQueue = name => string.Equals(name, stack.Queue.Name, StringComparison.OrdinalIgnoreCase) ? stack.Queue : null,
            Bench = bench,
            WriteStatus = writer => WriteStatus(writer, stack, folder, clock),
        };
        return new DoorOfRun(
            cancellation => FrontDoorServer.StartAsync(sources, options.DoorPort, logging, cancellation),
            server => new DoorFile(server.Url, server.Token, stack.Queue.Name, stack.Queue.Options.RequiresSession, Environment.ProcessId).Write(folder.Door),
            folder.Door,
            logging.CreateLogger("Mayhem.Cli"),
            stop);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await giveUp.CancelAsync();
        if (await opening is { } server)
        {
            File.Delete(file);
            await server.DisposeAsync();
        }

        giveUp.Dispose();
    }

    private static async Task<FrontDoorServer?> OpenAsync(Func<CancellationToken, Task<FrontDoorServer>> open, Action<FrontDoorServer> announce, ILogger logger, CancellationToken cancellationToken)
    {
        FrontDoorServer? server = null;
        try
        {
            server = await open(cancellationToken);
            announce(server);
            return server;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            Log.NoDoor(logger, failure);
            if (server is not null)
                await server.DisposeAsync();
            return null;
        }
    }

    private static void WriteStatus(Utf8JsonWriter writer, LocalStack stack, RunFolder folder, TimeProvider clock)
    {
        var app = stack.Host.Services;
        var now = clock.GetUtcNow();
        writer.WriteStartObject();
        writer.WriteBoolean("running", true);
        writer.WriteString("data", folder.Root);
        QueueStatus.Write(writer, stack.Queue);
        writer.WriteStartObject("counts");
        foreach (var happened in Enum.GetValues<ProcessingEvent>())
            writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(happened.ToString()), app.GetRequiredService<ProcessingCounters>()[happened]);
        writer.WriteEndObject();
        writer.WriteStartArray("inFlight");
        foreach (var message in app.GetRequiredService<InFlightMessages>().Snapshot().OrderBy(message => message.Since))
        {
            writer.WriteStartObject();
            writer.WriteString("messageId", message.MessageId);
            if (message.Host is { } host)
                writer.WriteString("host", host);
            writer.WriteString("stage", JsonNamingPolicy.CamelCase.ConvertName(message.Stage.ToString()));
            writer.WriteNumber("attempt", message.Attempt);
            writer.WriteNumber("seconds", Math.Round((now - message.Since).TotalSeconds, 3));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("heldBack");
        foreach (var group in app.GetRequiredService<TargetGroups>().Snapshot().Where(group => !group.IsClear))
        {
            writer.WriteStartObject();
            writer.WriteString("group", group.Group);
            writer.WriteString("breaker", JsonNamingPolicy.CamelCase.ConvertName(group.State.ToString()));
            if ((group.NextProbeAt ?? group.DelayedUntil) is { } until)
                writer.WriteString("until", until);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
