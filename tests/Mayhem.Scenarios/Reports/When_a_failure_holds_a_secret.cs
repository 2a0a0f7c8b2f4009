using System.Text;
using Mayhem.FrameCapture;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Text;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Scenarios.Reports;

public class When_a_failure_holds_a_secret
{
    private const string Secret = "hunter2-Pl4nt3d";

    [Fact]
    public async Task It_is_in_no_dead_letter_copy_log_line_or_record()
    {
        await using var app = await MayhemApp.StartAsync(MayhemAppOptions.With(("Mayhem:Retry:InPlaceLimit", "00:00:02")));
        app.Target.Fail("web-1", () => new RestartFailedException($"Server=db;Password={Secret};Encrypt=true", new IOException($"https://h/?sig={Secret}")), times: 10);

        await app.SendAsync("r1", "web-1");
        await app.SettledAsync();

        var dead = Assert.Single(app.DeadLetters());
        var description = (string)dead.Properties["DeadLetterErrorDescription"];
        Assert.StartsWith("Mayhem.Restarts.RestartFailedException: Server=db;Password=(redacted);Encrypt=true (attempt 4,", description, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, string.Join('\n', dead.Properties.Values), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(dead.Content.Body.Span), StringComparison.Ordinal);
        Assert.NotEmpty(app.Logs.Lines);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, (await app.EntryAsync("r1"))!.ToString(), StringComparison.Ordinal);
        Assert.All(app.Invocations, ended => Assert.DoesNotContain(Secret, $"{ended.Failure}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_in_no_report_wherever_it_was_planted()
    {
        await using var app = await MayhemApp.StartAsync();
        app.Target.Fail("web-1", () => new LoginFailedException($"sig={Secret}") { ClientSecret = Secret, Setting = $"AccountKey={Secret};EndpointSuffix=x", Data = { ["pwd"] = Secret } }, times: 10);
        var body = $$"""{"version":1,"requestId":"r1","host":"web-1","requester":"https://me:{{Secret}}@example.net","reason":"Server=db;Password={{Secret}};Encrypt=true"}""";

        await app.SendAsync(MayhemApp.Message("r1", body));
        await app.SettledAsync();

        var documents = app.Host.Services.GetRequiredService<ReportDocuments>();
        Assert.All(app.Reporter.Reports, report =>
        {
            var document = documents.Of(report, 0);
            var json = Encoding.UTF8.GetString(ReportJson.Write(document));
            Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, ReportText.Of(document), StringComparison.Ordinal);
            Assert.Contains("Server=db;Password=(redacted);Encrypt=true", document.Domain["reason"], StringComparison.Ordinal);
            Assert.Contains(document.Exceptions[0].Properties, property => property is { Name: "ClientSecret", Value: ValueFormatter.Mask });
        });
        Assert.DoesNotContain(app.Logs.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private sealed class LoginFailedException(string message) : Exception(message)
    {
        public string? ClientSecret { get; init; }

        public string? Setting { get; init; }
    }
}
