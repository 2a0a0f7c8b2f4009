using Mayhem.Cli.DoctorCommand;
using Mayhem.Cli.RunDoor;
using Mayhem.Cli.Up;
using Mayhem.DeadLetters;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>One use of the bench: opened, stopped by signals, closed, with what goes wrong told in one line.</summary>
internal static class DlqSession
{
    /// <summary>Opens the bench of a place and works with it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static async Task<int> RunAsync(Place place, TimeProvider clock, Func<IDeadLetterBench, CancellationToken, Task<int>> work)
    {
        using var signals = new StopSignals(Environment.Exit);
        try
        {
            await using var queue = await OpenQueue.OpenAsync(place, clock, signals.Requested);
            return await work(queue.Bench, signals.Requested);
        }
        catch (Exception failed) when (failed is BenchException or IOException || QueueInAzure.IsRefusal(failed))
        {
            throw new UsageException(failed.Message, failed);
        }
        catch (OperationCanceledException) when (signals.Requested.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }
}
