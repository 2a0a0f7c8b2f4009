using System.Text.Json;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Work;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>Tells what came of an operation.</summary>
internal static class DlqOutcome
{
    private const int MostFailures = 10;

    /// <summary>Prints the outcome.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Tell(BenchOutcome outcome, string what, bool json)
    {
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(outcome, BenchJson.Default.BenchOutcome));
        else
            Write(outcome, what);
        if (outcome.AuditError is { } error)
            Console.Error.WriteLine($"mayhem: the end of this is not on record: {error}");
        if (outcome.Cancelled)
            return ExitCodes.Interrupted;
        return outcome.DryRun || outcome.IsComplete ? ExitCodes.Success : ExitCodes.Incomplete;
    }

    private static void Write(BenchOutcome outcome, string what)
    {
        if (outcome.DryRun)
        {
            Console.Out.WriteLine($"{outcome.Planned} would be {what}.");
            foreach (var dead in outcome.Sample)
                Console.Out.WriteLine(Terminal.Printable($"  {dead.SequenceNumber}  {dead.Reason}  {dead.Host ?? "-"}  {dead.RequestId ?? dead.MessageId}"));
            if (outcome.Planned > outcome.Sample.Count && outcome.Sample.Count > 0)
                Console.Out.WriteLine($"  and {outcome.Planned - outcome.Sample.Count} more");
            return;
        }

        Console.Out.WriteLine($"{outcome.Done} of {outcome.Planned} {what}.{(outcome.Run.Length == 0 ? "" : $" On record as {outcome.Run}.")}");
        if (outcome.Cancelled)
            Console.Out.WriteLine("It was interrupted; the others are as they were.");
        else if (outcome.NotReached > 0)
            Console.Out.WriteLine($"{outcome.NotReached} were not come to: gone meanwhile, locked by somebody else, or too many failed before.");
        foreach (var failure in outcome.Failures.Take(MostFailures))
            Console.Out.WriteLine(Terminal.Printable($"  {failure.SequenceNumber} {failure.MessageId}: {failure.Error}"));
        if (outcome.Failed > MostFailures)
            Console.Out.WriteLine($"  and {outcome.Failed - MostFailures} more that failed");
    }
}
