using Mayhem.Diagnosis;
using Spectre.Console;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>Findings as text for people.</summary>
internal static class FindingList
{
    /// <summary>Writes each finding with its remedy, the worst first, and the verdict below.</summary>
    public static void Write(IReadOnlyCollection<Finding> findings, IAnsiConsole console)
    {
        foreach (var finding in findings.OrderByDescending(finding => finding.Severity))
        {
            // Not as markup, which would make an emoji of the :Ledger: in a key.
            console.Markup($"{Name(finding.Severity)} {finding.Code} ");
            console.Write(new Text(finding.Key + "\n", new Style(decoration: Decoration.Bold)));
            Indented(finding.Message);
            Indented("Remedy: " + finding.Remedy);
            console.WriteLine();
        }
        var (errors, warnings) = (Count(Severity.Error), Count(Severity.Warning));
        console.MarkupLine(errors + warnings == 0
            ? "[green]Healthy[/]: settings, host.json and queue fit each other."
            : $"Errors: {errors}, warnings: {warnings}.");

        void Indented(string text) => console.Write(new Padder(new Text(text), new Padding(2, 0, 0, 0)));
        int Count(Severity severity) => findings.Count(finding => finding.Severity == severity);
    }

    private static string Name(Severity severity) => severity switch
    {
        Severity.Error => "[red]error[/]",
        Severity.Warning => "[yellow]warning[/]",
        _ => "[blue]note[/]",
    };
}
