using System.Text;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Text;

namespace Mayhem.Cli.ReportsCommand;

/// <summary>Carries out <c>mayhem reports show</c>.</summary>
internal static class ReportsShow
{
    private const string Newest = "last";

    /// <summary>Shows one report.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">There is no such report, or several.</exception>
    public static int Run(ReportsShowOptions options)
    {
        var report = Find(ReportsOfPlace.Read(options.Place), options.Id);
        if (options.Json)
        {
            Console.Out.WriteLine(Encoding.UTF8.GetString(ReportJson.Write(report)));
            return ExitCodes.Success;
        }

        var width = Console.IsOutputRedirected ? new ReportTextOptions().Width : Terminal.Output().Profile.Width;
        Console.Out.WriteLine(ReportText.Of(report, new ReportTextOptions { Width = width, Ansi = Terminal.IsLive, AllFrames = options.AllFrames }));
        return ExitCodes.Success;
    }

    private static ReportDocument Find(StoredReports stored, string id)
    {
        if (stored.Reports.Count == 0)
        {
            ReportsOfPlace.TellUnreadable(stored);
            throw new UsageException("There are no reports: nothing has failed here, or reports are kept elsewhere");
        }

        if (string.Equals(id, Newest, StringComparison.OrdinalIgnoreCase))
            return stored.Reports[0];
        var found = stored.Reports.Where(report => report.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var only] => only,
            [] when stored.Unreadable.FirstOrDefault(file => Path.GetFileName(file.Path).StartsWith(id, StringComparison.OrdinalIgnoreCase)) is { Path: not null } file =>
                throw new UsageException($"{file.Path} cannot be read: {file.Why}"),
            [] => throw new UsageException($"There is no report whose id begins with '{id}'. It may have made room for newer ones, or been counted in a storm; see: mayhem reports list"),
            _ => throw new UsageException($"'{id}' is the beginning of {found.Count} ids, as {found[0].Id} and {found[1].Id}: give more of it"),
        };
    }
}
