using System.Text.RegularExpressions;
using Mayhem.Functions.Tests.Telemetry.Names;

namespace Mayhem.Functions.Tests.Infrastructure;

/// <summary>Each alert has an entry in the runbook, and each entry an alert.</summary>
public sealed partial class RunbookTests
{
    [Fact]
    public void Runbook_HasOneEntryForEachAlert()
    {
        var alerts = Names(AlertNames(), Repository.Read("infra/modules/alerts.bicep"));
        var entries = Names(Headings(), Repository.Read("docs/runbook.md"));

        Assert.NotEmpty(alerts);
        Assert.Equal(alerts.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Entries_SayWhatItMeans_WhereToLook_AndWhatToDo()
    {
        var entries = Repository.Read("docs/runbook.md").Split("\n### ").Skip(1).ToList();

        Assert.All(entries, entry => Assert.All(new[] { "**Meaning.**", "**Look here.**", "**Do this.**" }, part => Assert.Contains(part, entry, StringComparison.Ordinal)));
    }

    [Fact]
    public void Entries_GiveTheSeverityOfTheirAlerts()
    {
        var runbook = Repository.Read("docs/runbook.md");

        Assert.All(Severities().Matches(Repository.Read("infra/modules/alerts.bicep")).Cast<Match>(), alert =>
            Assert.Contains($"### {alert.Groups["name"].Value}\n\nSeverity {alert.Groups["severity"].Value}", runbook, StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_NameOnlyLinesThatTheAppWrites()
    {
        var named = LineNames().Matches(Repository.Read("docs/runbook.md")).SelectMany(match => CodeNames().Matches(match.Value)).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(TelemetryNames.Listed().Events.Keys, StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Names(Regex pattern, string text) => [.. pattern.Matches(text).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"^  \{\n    name: '(?<name>[\w-]+)'\n    description:", RegexOptions.Multiline, 1000)]
    private static partial Regex AlertNames();

    [GeneratedRegex(@"^### (?<name>[\w-]+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex(@"races (?:named|for) `\w+`(?: and `\w+`)*", RegexOptions.None, 1000)]
    private static partial Regex LineNames();

    [GeneratedRegex(@"`(?<name>\w+)`", RegexOptions.None, 1000)]
    private static partial Regex CodeNames();

    [GeneratedRegex(@"^    name: '(?<name>[\w-]+)'\n    description: .+\n    severity: (?<severity>\d)", RegexOptions.Multiline, 1000)]
    private static partial Regex Severities();
}
