namespace Mayhem.Diagnosis;

/// <summary>MH12xx: who can see what reports hold.</summary>
internal static class ReportChecks
{
    public static IEnumerable<Finding> Of(Setup setup)
    {
        if (setup is { Deployed: true, Reports.OnConsole: true })
        {
            yield return new Finding(Severity.Warning, "MH1201", setup.Reports.DebugMode ? "Mayhem:Reports:Mode" : "Mayhem:Reports:Console",
                "Reports are written to the console in full, values included: whoever may read the log stream of the app in Azure sees them.",
                setup.Reports.DebugMode ? "Set Mayhem:Reports:Mode to Production." : "Leave Mayhem:Reports:Console out.");
        }

        if (setup.Reports.HeadersInTheClear)
        {
            yield return new Finding(Severity.Warning, "MH1202", "Mayhem:Reports:Webhook:Url",
                "Reports and the headers of the webhook, which may hold a key, are posted by http: everybody on the way can read them.",
                "Give an https URL.");
        }
    }
}
