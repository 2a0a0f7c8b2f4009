using Mayhem.Cli.DoctorCommand;
using Mayhem.Diagnosis;
using Mayhem.Functions.Configuration;
using Mayhem.Testing;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Tests.DoctorCommand;

public class SettingsFindingsTests
{
    [Fact]
    public void Of_EveryKnownKindOfKey_FindsNothing() => Assert.Empty(Findings(
        ("Mayhem:DryRun", "true"), ("Mayhem:Ledger:Directory", "x"), ("Mayhem:Locks:Duration", "00:00:30"), ("Mayhem:Retry:CrashLimit", "3"),
        ("Mayhem:Shutdown:Grace", "00:00:03"), ("Mayhem:Failures:System.TimeoutException:MaxAttempts", "2"), ("PATH", "/bin")));

    [Fact]
    public void Of_SeveralBadValues_FindsEach()
    {
        var findings = Findings(("Mayhem:Locks:Duration", "long"), ("Mayhem:Retry:CrashLimit", "0"), ("Mayhem:Failures:No.Such.Exception:Class", "Fatal"), ("Mayhem:DryRun", "perhaps"));

        Assert.All(findings, finding => Assert.Equal((Severity.Error, "MH001"), (finding.Severity, finding.Code)));
        Assert.Equal(["Mayhem:DryRun", "Mayhem:Locks:Duration", "Mayhem:Retry:CrashLimit", "Mayhem:Failures:No.Such.Exception"], findings.Select(finding => finding.Key));
    }

    [Theory]
    [InlineData("Mayhem:Retry:Dedline", "Mayhem:Retry:Deadline")]
    [InlineData("Mayhem:Retries:Deadline", "Mayhem:Retry:Deadline")]
    [InlineData("Mayhem:DryRn", "Mayhem:DryRun")]
    [InlineData("Mayhem:Failures:System.TimeoutException:MaxAttempt", "Mayhem:Failures:System.TimeoutException:MaxAttempts")]
    public void Of_MistypedKey_TellsWhatWasMeant(string key, string meant)
    {
        var finding = Assert.Single(Findings((key, "1")));

        Assert.Equal((Severity.Error, "MH004", key, $"Did you mean {meant}?"), (finding.Severity, finding.Code, finding.Key, finding.Remedy));
    }

    [Fact]
    public void Of_KeyLikeNoOther_ListsTheKnownOnes() => Assert.Contains("Mayhem:Retry:Deadline", Assert.Single(Findings(("Mayhem:X", "1"))).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Of_AnInventoryFile_NamesItAndItsKeys()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["hosts.json"], """{ "targets": { "web": { "kind": "azure", "hosts": ["web-*"] } } }""");

        var finding = Assert.Single(Findings(("Mayhem:InventoryFile", folder["hosts.json"])));

        Assert.Equal(("MH006", "hosts.json: targets:web:kind", "Correct it in hosts.json."), (finding.Code, finding.Key, finding.Remedy));
    }

    [Fact]
    public void OfFile_Problem_IsFoundUnderItsKey()
    {
        string[] problems = ["host.json: functionTimeout is \"x\", not a time.", "The setting AzureFunctionsJobHost__a is \"x\".", "host.json: there is no file at 'x'."];

        Assert.Equal(["host.json: functionTimeout", "AzureFunctionsJobHost__a", "host.json"],
            SettingsFindings.OfFile("MH002", Severity.Error, "host.json", problems).Select(finding => finding.Key));
    }

    private static List<Finding> Findings(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Append(("MayhemQueue", "q"))
            .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2))).Build();
        return [.. SettingsFindings.Of(configuration, MayhemSettings.Read(configuration, hasTarget: true, hasLedger: true).Problems)];
    }
}
