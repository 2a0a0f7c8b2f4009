using Spectre.Console;

namespace Mayhem.Cli.LedgerCommand;

/// <summary>Carries out <c>mayhem ledger audit</c>.</summary>
internal static class AuditRun
{
    /// <summary>Lists every decision, the oldest first.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">There is no such ledger, or it cannot be read.</exception>
    public static async Task<int> RunAsync(LedgerPlace place, string? host, bool json, TimeProvider clock)
    {
        await using var ledger = await place.OpenAsync(clock);
        var lines = (await ReadAsync(ledger)).Where(line => host is null || host.Equals(line.Host, StringComparison.OrdinalIgnoreCase)).OrderBy(line => line.FirstAt).ToList();
        if (json)
            lines.ForEach(line => Console.Out.WriteLine(line.ToJson()));
        else
            Write(lines, Terminal.Output());
        return ExitCodes.Success;
    }

    private static async Task<List<AuditLine>> ReadAsync(OpenedLedger ledger)
    {
        var lines = new List<AuditLine>();
        await foreach (var entry in ledger.Records.ListAsync(CancellationToken.None))
            lines.Add(AuditLine.Of(entry));
        await foreach (var refusal in ledger.Records.ListRefusalsAsync(CancellationToken.None))
            lines.Add(AuditLine.Of(refusal));
        lines.AddRange((await ledger.Records.ListSwitchingsAsync(CancellationToken.None)).Select(AuditLine.Of));
        return lines;
    }

    private static void Write(List<AuditLine> lines, IAnsiConsole console)
    {
        if (lines.Count == 0)
        {
            console.WriteLine("Nothing was decided yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("First (UTC)", "Last", "Times", "Decision", "Rule", "Host", "Request", "Asked by", "Why, and what became of it");
        foreach (var line in lines)
            table.AddRow(Cells(line).Select(cell => new Text(cell)));
        console.Write(table);
    }

    private static IEnumerable<string> Cells(AuditLine line) =>
    [
        $"{line.FirstAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}",
        line.Count > 1 ? $"{line.LastAt.UtcDateTime:HH:mm:ss}" : "",
        $"{line.Count}",
        line.Guard is { } guard && line.RequestId is not null ? $"{line.Decision}: {guard}" : line.Decision,
        line.Rule ?? "",
        line.Host ?? "",
        line.RequestId ?? "",
        line.Requester ?? "",
        string.Join(" ", new[] { line.Why, line.Outcome is null ? null : $"({line.Outcome})" }.OfType<string>()),
    ];
}
