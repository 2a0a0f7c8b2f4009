using System.Text.Json;
using Mayhem.Cli.RunDoor;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Listing;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>Carries out what only looks: <c>mayhem dlq list</c>, <c>groups</c> and <c>show</c>.</summary>
internal sealed class DlqRead(Place place, TimeProvider clock)
{
    /// <summary>Lists a page.</summary>
    public Task<int> ListAsync(DeadLetterFilter filter, long from, int count, bool json) => DlqSession.RunAsync(place, clock, async (bench, stop) =>
    {
        // A page of few matches among very many ends early: a person asks for the next, a list goes on.
        var items = new List<DeadLetterSummary>();
        long? next = from;
        while (next is { } start && items.Count < count)
        {
            var page = await bench.ListAsync(filter, start, Math.Min(1000, count - items.Count), stop);
            items.AddRange(page.Items);
            next = page.Next;
        }

        if (json)
            items.ForEach(dead => Console.Out.WriteLine(JsonSerializer.Serialize(dead, BenchJson.Default.DeadLetterSummary)));
        else
            DlqTables.Write(items, next, bench.Queue, clock.GetUtcNow(), Terminal.Output());
        return ExitCodes.Success;
    });

    /// <summary>Counts groups.</summary>
    public Task<int> CountAsync(DeadLetterFilter filter, string? by, bool json) => DlqSession.RunAsync(place, clock, async (bench, stop) =>
    {
        var census = await bench.CountAsync(filter, stop);
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(census, BenchJson.Default.DeadLetterCensus));
        else
            DlqTables.Write(census, by, bench.Queue, clock.GetUtcNow(), Terminal.Output());
        return ExitCodes.Success;
    });

    /// <summary>Shows one.</summary>
    public Task<int> ShowAsync(long number, bool json) => DlqSession.RunAsync(place, clock, async (bench, stop) =>
    {
        var found = await bench.FindAsync(number, stop) ?? throw new UsageException($"There is no dead letter {number}; see: mayhem dlq list");
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(found, BenchJson.Default.DeadLetterDetails));
        else
            DlqDetails.Write(found, Terminal.Output());
        return ExitCodes.Success;
    });
}
