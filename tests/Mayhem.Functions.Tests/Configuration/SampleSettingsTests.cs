using System.Text.Json;
using Mayhem.Breakers;
using Mayhem.Functions.Shutdown;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Guards;
using Mayhem.Locks;
using Mayhem.Recovery;
using Mayhem.Reporting;
using Mayhem.Reporting.Folders;
using Mayhem.Reporting.Sinks.Smtp;
using Mayhem.Reporting.Sinks.Syslog;
using Mayhem.Reporting.Sinks.Webhook;
using Mayhem.Testing;

namespace Mayhem.Functions.Tests.Configuration;

public class SampleSettingsTests
{
    [Fact]
    public async Task LocalSettingsSample_AsItIs_Starts()
    {
        await using var app = new TestApp(Sample(), online: true);

        await app.StartAsync();
    }

    [Theory]
    [InlineData("Mayhem:Shutdown", typeof(ShutdownOptions))]
    [InlineData("Mayhem:Locks", typeof(LockOptions))]
    [InlineData("Mayhem:Retry", typeof(RecoveryOptions))]
    [InlineData("Mayhem:Breaker", typeof(BreakerOptions))]
    [InlineData("Mayhem:Guards", typeof(GuardOptions))]
    [InlineData("Mayhem:Reports", typeof(ReportsOptions))]
    [InlineData("Mayhem:Reports:Archive", typeof(ReportFolderSettings))]
    [InlineData("Mayhem:Reports:Spool", typeof(ReportFolderSettings))]
    [InlineData("Mayhem:Reports:Smtp", typeof(SmtpOptions))]
    [InlineData("Mayhem:Reports:Syslog", typeof(SyslogOptions))]
    [InlineData("Mayhem:Reports:Webhook", typeof(WebhookOptions))]
    public void LocalSettingsSample_ShowsEverySetting(string section, Type options)
    {
        var settings = options.GetProperties().Where(property => property.CanWrite).Select(property => $"{section}:{property.Name}");

        Assert.Empty(settings.Except(Sample().Keys, StringComparer.Ordinal));
    }

    private static Dictionary<string, string?> Sample()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.PathOf("local.settings.sample.json")));
        return file.RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(value => value.Name.Replace("__", ":", StringComparison.Ordinal), value => value.Value.GetString(), StringComparer.Ordinal);
    }
}
