using System.Text.RegularExpressions;
using Mayhem.Local.Broker;
using Mayhem.Messages;
using Mayhem.Restarts;

namespace Mayhem.Scenarios.DeadLetters;

/// <summary>The properties of a dead letter are a public format: operators filter by them. A change here is a change for them.</summary>
public partial class When_a_message_is_dead_lettered
{
    [Fact]
    public async Task It_tells_what_failed_in_properties_of_stable_names_and_types()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new HostNotFoundException("web-1"));
        var request = MayhemApp.Request("r1", "web-1");
        request.ApplicationProperties["tenant"] = "north";

        await app.SendAsync(request);
        await app.QuietAsync();

        Assert.Equal(
            """
            DeadLetterErrorDescription: String = Mayhem.Restarts.HostNotFoundException: There is no host 'web-1'. (attempt 1, report {id})
            DeadLetterReason: String = Fatal:HostNotFoundException
            mayhem-attempt: Int32 = 1
            mayhem-exception-type: String = Mayhem.Restarts.HostNotFoundException
            mayhem-failed-at: String = 2026-11-20T12:00:00.0000000+00:00
            mayhem-fingerprint: String = {hash}
            mayhem-history: String = [{"class":"Fatal","type":"Mayhem.Restarts.HostNotFoundException","fingerprint":"{hash}","at":"2026-11-20T12:00:00+00:00","instance":"{instance}"}]
            mayhem-operation-id: String = {id}
            mayhem-reason: String = Fatal:HostNotFoundException
            mayhem-report-id: String = {id}
            mayhem-root-id: String = r1
            tenant: String = north
            """,
            TextOf(Assert.Single(app.DeadLetters())));
    }

    [Fact]
    public async Task After_retries_it_tells_of_the_message_that_was_sent_first_and_of_every_failure()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Failures:RestartThrottledException:MaxAttempts", "2")));
        app.Target.Fail("web-1", () => new RestartThrottledException("too many", TimeSpan.FromSeconds(90)), times: 2);

        await app.SendAsync("r1", "web-1");
        await app.QuietAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(90));
        await app.QuietAsync();

        var dead = Assert.Single(app.DeadLetters());
        Assert.Equal("r1:1:r1", dead.Content.MessageId);
        Assert.Equal(
            """
            DeadLetterErrorDescription: String = Mayhem.Restarts.RestartThrottledException: too many (attempt 2, report {id})
            DeadLetterReason: String = RetriesExhausted
            mayhem-attempt: Int32 = 2
            mayhem-budgets: String = Mayhem.Restarts.RestartThrottledException=2
            mayhem-copy: Int32 = 1
            mayhem-exception-type: String = Mayhem.Restarts.RestartThrottledException
            mayhem-failed-at: String = 2026-11-20T12:01:30.0000000+00:00
            mayhem-fingerprint: String = {hash}
            mayhem-first-enqueued-at: String = 2026-11-20T12:00:00.0000000+00:00
            mayhem-history: String = [{"class":"Throttled","type":"Mayhem.Restarts.RestartThrottledException","fingerprint":"{hash}","at":"2026-11-20T12:00:00+00:00","instance":"{instance}","delaySeconds":90},{"class":"Throttled","type":"Mayhem.Restarts.RestartThrottledException","fingerprint":"{hash}","at":"2026-11-20T12:01:30+00:00","instance":"{instance}"}]
            mayhem-operation-id: String = {id}
            mayhem-reason: String = RetriesExhausted
            mayhem-report-id: String = {id}
            mayhem-root-id: String = r1
            """,
            TextOf(dead));
    }

    [Fact]
    public async Task Its_report_is_found_by_the_id_and_runs_in_the_same_trace()
    {
        await using var app = await MayhemApp.StartAsync();

        await app.SendAsync(MayhemApp.Message("m1", "?"));
        await app.QuietAsync();

        var dead = Assert.Single(app.DeadLetters());
        var report = Assert.Single(app.Reporter.Reports);
        Assert.Equal(
            (report.Id, report.OperationId, report.Fingerprint, report.Exception.GetType().FullName),
            (dead.Properties[MessageProperties.ReportId], dead.Properties[MessageProperties.OperationId], dead.Properties[MessageProperties.Fingerprint],
                dead.Properties[MessageProperties.ExceptionType]));
        Assert.Contains(report.Id, (string)dead.Properties["DeadLetterErrorDescription"], StringComparison.Ordinal);
    }

    private static string TextOf(BrokeredMessage dead) => string.Join('\n', dead.Properties
        .OrderBy(property => property.Key, StringComparer.Ordinal)
        .Select(property => $"{property.Key}: {property.Value.GetType().Name} = {Masked(property.Value.ToString()!)}"));

    private static string Masked(string text) => Hash().Replace(Id().Replace(
        text.Replace($"{Environment.MachineName}/{Environment.ProcessId}", "{instance}", StringComparison.Ordinal), "{id}"), "{hash}");

    [GeneratedRegex("\\b[0-9a-f]{32}\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\\b[0-9a-f]{16}\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}
