using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mayhem.Cli.RunDoor;
using Mayhem.DeadLetters;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Work;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>Carries out what changes something: <c>mayhem dlq replay</c>, <c>edit</c> and <c>discard</c>.</summary>
internal sealed class DlqWork(Place place, TimeProvider clock, bool json)
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Sends again.</summary>
    public Task<int> ReplayAsync(DeadLetterFilter filter, BenchOrder order) => DlqSession.RunAsync(place, clock, async (bench, stop) =>
        DlqOutcome.Tell(await DlqProgress.ShowAsync("replaying", progress => bench.ReplayAsync(filter, order, progress, stop)), "sent again", json));

    /// <summary>Sends again with another body.</summary>
    public Task<int> EditAsync(long number, string? bodyFile, string[] changes, BenchOrder order)
    {
        if ((bodyFile is null) == (changes.Length == 0))
            throw new UsageException("Give the new body with --body, or change fields of the old one with --set");
        return DlqSession.RunAsync(place, clock, async (bench, stop) =>
        {
            var body = bodyFile is null ? await ChangedAsync(bench, number, changes, stop) : await ReadAsync(bodyFile, stop);
            return DlqOutcome.Tell(await bench.EditAsync(new DeadLetterEdit(number, body), order, stop), "sent again", json);
        });
    }

    /// <summary>Removes, after a confirmation.</summary>
    public Task<int> DiscardAsync(DeadLetterFilter filter, BenchOrder order, bool yes) => DlqSession.RunAsync(place, clock, async (bench, stop) =>
    {
        var plan = await bench.DiscardAsync(filter, order with { DryRun = true }, progress: null, stop);
        if (order.DryRun || plan.Planned == 0)
            return DlqOutcome.Tell(plan, "removed", json);
        if (!yes && !Confirmed(plan.Planned, bench.Queue))
            throw new UsageException("Nothing was removed");
        var confirmed = order with { Confirmed = plan.Planned };
        return DlqOutcome.Tell(await DlqProgress.ShowAsync("removing", progress => bench.DiscardAsync(filter, confirmed, progress, stop)), "removed", json);
    });

    private static bool Confirmed(int count, string queue)
    {
        if (Console.IsInputRedirected)
            throw new UsageException($"{count} dead letters would be removed for good: confirm it with --yes");
        Console.Error.Write($"{count} dead letters of {queue} will be removed for good. Type {count} to confirm: ");
        return string.Equals(Console.In.ReadLine()?.Trim(), $"{count}", StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = file is "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            using var reader = new StreamReader(input, StrictUtf8);
            return (await reader.ReadToEndAsync(cancellationToken)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new UsageException($"--body {file} cannot be read: {error.Message}", error);
        }
    }

    // A request for another host is another request: the ledger keeps one host for each.
    private static async Task<string> ChangedAsync(IDeadLetterBench bench, long number, string[] changes, CancellationToken cancellationToken)
    {
        var found = await bench.FindAsync(number, cancellationToken) ?? throw new UsageException($"There is no dead letter {number}; see: mayhem dlq list");
        JsonObject body;
        try
        {
            body = JsonNode.Parse(found.Message.Body.Span) as JsonObject ?? throw new JsonException("it is no object.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"The body has no fields to change: {error.Message} Give a new one with --body", error);
        }

        if (Changes("host") && !Changes("requestId") && found.Summary is { RequestId: { } id } && changes.Last(change => change.StartsWith("host=", StringComparison.Ordinal))["host=".Length..] is { Length: > 0 } host)
            body["requestId"] = $"{id}-{host}";
        foreach (var change in changes)
        {
            var at = change.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new UsageException($"--set {change}: give a field and its value, as host=web-7");
            var (field, value) = (change[..at], change[(at + 1)..]);
            if (value.Length == 0)
                body.Remove(field);
            else
                body[field] = field is "version" && int.TryParse(value, out var version) ? version : value;
        }

        return body.ToJsonString();

        bool Changes(string field) => Array.Exists(changes, change => change.StartsWith(field + "=", StringComparison.Ordinal));
    }
}
