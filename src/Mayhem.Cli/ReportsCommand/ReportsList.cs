namespace Mayhem.Cli.ReportsCommand;

/// <summary>Carries out <c>mayhem reports list</c>.</summary>
internal static class ReportsList
{
    /// <summary>Lists reports.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">There is no such folder, or it cannot be read.</exception>
    public static int Run(ReportsListOptions options)
    {
        var stored = ReportsOfPlace.Read(options.Place);
        var lines = stored.Reports.Select(ReportLine.Of).Where(line => IsWanted(line, options)).ToList();
        if (options.Json)
        {
            foreach (var json in options.Grouped ? CauseLine.Of(lines).Select(cause => cause.ToJson()) : lines.Select(line => line.ToJson()))
                Console.Out.WriteLine(json);
        }
        else if (lines.Count == 0)
        {
            Console.Out.WriteLine(stored.Reports.Count == 0 ? "There are no reports: nothing has failed here, or reports are kept elsewhere." : $"None of the {stored.Reports.Count} reports is like that.");
        }
        else if (options.Grouped)
        {
            ReportsTable.Write(CauseLine.Of(lines), Terminal.Output());
        }
        else
        {
            ReportsTable.Write(lines, Terminal.Output());
        }

        ReportsOfPlace.TellUnreadable(stored);
        return ExitCodes.Success;
    }

    private static bool IsWanted(ReportLine line, ReportsListOptions options) =>
        (options.Fingerprint is not { } fingerprint || line.Fingerprint.StartsWith(fingerprint, StringComparison.OrdinalIgnoreCase))
        && (options.Since is not { } since || line.At >= since);
}
