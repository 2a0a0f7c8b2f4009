using Mayhem.Functions.Configuration;
using Mayhem.Functions.Tests.Doubles;
using Mayhem.Ledger;
using Mayhem.Restarts;
using Microsoft.Extensions.DependencyInjection;

namespace Mayhem.Functions.Tests.Configuration;

/// <summary>Bad configuration stops the start with one clear sentence that names the key.</summary>
public class ConfigurationTests
{
    private const string SharedKey = "Endpoint=sb://mine.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=secret";

    [Theory]
    [InlineData("MayhemQueue", "  ", "MayhemQueue is missing or blank: give the name of the queue that restart requests come from.")]
    [InlineData("Mayhem:DryRun", "perhaps", "Mayhem:DryRun is 'perhaps'; give true or false.")]
    [InlineData("Mayhem:Shutdown:Grace", "soon", "Mayhem:Shutdown:Grace is 'soon'; give a time, as 00:00:30 for thirty seconds.")]
    [InlineData("Mayhem:Shutdown:Grace", "-00:00:01", "Mayhem:Shutdown:Grace is '-00:00:01'; allowed is 00:00:00 to 01:00:00.")]
    [InlineData("Mayhem:Shutdown:Grase", "00:00:01", "Mayhem:Shutdown:Grase is not a setting; there are Grace, SettleTime, FlushLimit.")]
    [InlineData("Mayhem:Retry:CrashLimit", "many", "Mayhem:Retry:CrashLimit is 'many'; give a whole number.")]
    [InlineData("Mayhem:Retry:CrashLimit", "0", "Mayhem:Retry:CrashLimit is '0'; allowed is a whole number from 1 to 100.")]
    [InlineData("Mayhem:Locks:Duration", "00:10:00", "Mayhem:Locks:Duration is 00:10:00; give 00:00:00.500 to 00:05:00, as the queue is set, or leave it out.")]
    [InlineData("Mayhem:Failures:TimeoutException:Delay", "-00:00:05", "Mayhem:Failures:TimeoutException:Delay is '-00:00:05'; allowed is a time from 00:00:00 to 1.00:00:00, as 00:00:30 for thirty seconds.")]
    [InlineData("Mayhem:Failures:TimeoutException:Dely", "00:00:05", "Mayhem:Failures:TimeoutException:Dely is not a setting; there are Class, Delay, DelayFrom, FirstDelay, Factor, MaxDelay, Jitter, MaxAttempts, DeadLetterReason.")]
    [InlineData("Mayhem:Failures:NoSuchException:Delay", "00:00:05", "Mayhem:Failures:NoSuchException: there is no exception type of this name, or several; give its full name, as in System.TimeoutException.")]
    [InlineData("Mayhem:Failures:TimeoutException", "3", "Mayhem:Failures:TimeoutException holds the settings of a rule and has no value of its own, as '3'.")]
    [InlineData("Mayhem:Retri:Deadline", "01:00:00", "Mayhem:Retri is not a setting; there are DryRun, Queue, Inventory, InventoryFile, Ledger, Locks, Retry, Breaker, Groups, Guards, Shutdown, Failures, Reports, Scheduler.")]
    [InlineData("Mayhem:Breaker:FailureRatio", "1.5", "Mayhem:Breaker:FailureRatio is '1.5'; allowed is a number from 0.01 to 1.")]
    [InlineData("Mayhem:Breaker:FailureRatio", "NaN", "Mayhem:Breaker:FailureRatio is 'NaN'; allowed is a number from 0.01 to 1.")]
    [InlineData("Mayhem:Breaker:FailureRatio", "half", "Mayhem:Breaker:FailureRatio is 'half'; give a number, as 0.5.")]
    [InlineData("Mayhem:Breaker:MinimumThroughput", "1", "Mayhem:Breaker:MinimumThroughput is '1'; allowed is a whole number from 2 to 100000.")]
    [InlineData("Mayhem:Breaker:Window", "00:00:00.5", "Mayhem:Breaker:Window is '00:00:00.5000000'; allowed is 00:00:01 to 01:00:00.")]
    [InlineData("Mayhem:Breaker:BreakDuration", "00:00:00", "Mayhem:Breaker:BreakDuration is '00:00:00'; allowed is 00:00:00.1 to 01:00:00.")]
    [InlineData("Mayhem:Breaker:MaxBreakDuration", "00:00:10", "Mayhem:Breaker:MaxBreakDuration is '00:00:10'; allowed is Mayhem:Breaker:BreakDuration, 00:00:15, to 1.00:00:00.")]
    [InlineData("Mayhem:Breaker:ProbeLimit", "00:00:00", "Mayhem:Breaker:ProbeLimit is '00:00:00'; allowed is 00:00:01 to 1.00:00:00.")]
    [InlineData("Mayhem:Breaker:MaxSharedDelay", "2.00:00:00", "Mayhem:Breaker:MaxSharedDelay is '2.00:00:00'; allowed is 00:00:00 to 1.00:00:00.")]
    [InlineData("Mayhem:Groups:a b", "web-*", "Mayhem:Groups:a b is no name of a group: it has 1 to 64 letters, digits, hyphens, dots and underscores.")]
    [InlineData("Mayhem:Groups:Default", "web-*", "Mayhem:Groups:Default is given, but hosts that belong to no other group belong to it without any pattern: leave it out.")]
    [InlineData("Mayhem:Groups:web", " ; ", "Mayhem:Groups:web has no pattern; give host names such as web-*;cache-0?, separated by ';'.")]
    [InlineData("Mayhem:Groups:web", "web-[0-9]", "Mayhem:Groups:web has the pattern 'web-[0-9]', which fits no host: a host's name has letters, digits, hyphens, dots and underscores, and a pattern '*' and '?' besides.")]
    [InlineData("Mayhem:Groups:web", "web-*; WEB-*", "Mayhem:Groups:web has the pattern 'WEB-*', which it has twice: a host belongs to one group.")]
    [InlineData("Mayhem:Groups:web:0", "web-*", "Mayhem:Groups:web:0 is not a setting; a group has one value, its patterns separated by ';'.")]
    [InlineData("Mayhem:Retry", "5", "Mayhem:Retry holds settings and has no value of its own, as '5'.")]
    [InlineData("Mayhem:Queue:Sessions", "often", "Mayhem:Queue:Sessions is 'often'; give true or false.")]
    [InlineData("Mayhem:Queue:Session", "true", "Mayhem:Queue:Session is not a setting; there is Sessions.")]
    [InlineData("AzureWebJobs.RestartHost.Disabled", "true", "AzureWebJobs.RestartHost.Disabled is true, but Mayhem:Queue:Sessions is not: nothing would be received. Set it to false, or Mayhem:Queue:Sessions to true for a queue with sessions.")]
    [InlineData("Mayhem:Ledger:Folder", "x", "Mayhem:Ledger:Folder is not a setting; there is Directory and Postgres.")]
    [InlineData("Mayhem:Ledger:Postgres", "Host=x", "Mayhem:Ledger:Postgres holds settings and has no value of its own: give ConnectionString below it.")]
    [InlineData("Mayhem:Ledger:Postgres:Host", "x", "Mayhem:Ledger:Postgres:Host is not a setting; there are ConnectionString, Schema, Entra, ClientId, PoolSize, ConnectTimeout, StatementTimeout, IntentLease, Retention.")]
    [InlineData("Mayhem:Ledger:Postgres:PoolSize", "many", "Mayhem:Ledger:Postgres:PoolSize is 'many'; give a whole number.")]
    [InlineData("Mayhem:Ledger:Postgres:ConnectionString", "Host=x", "Mayhem:Ledger:Postgres:ConnectionString names no Database.")]
    [InlineData("Mayhem:Reports", "on", "Mayhem:Reports holds settings and has no value of its own, as 'on'.")]
    [InlineData("Mayhem:Reports:Mode", "loud", "Mayhem:Reports:Mode is 'loud'; give Production or Debug.")]
    [InlineData("Mayhem:Reports:Email", "x", "Mayhem:Reports:Email is not a setting; there are Mode, Console, Archive, Spool, Smtp, Syslog, Webhook.")]
    [InlineData("Mayhem:Reports:Spool", "x", "Mayhem:Reports:Spool holds settings and has no value of its own.")]
    [InlineData("Mayhem:Reports:Spool:MaxReports", "0", "Mayhem:Reports:Spool:MaxReports is 0; allowed is 1 to 1000000.")]
    [InlineData("Mayhem:Reports:Webhook:Url", "tickets", "Mayhem:Reports:Webhook:Url is no absolute http or https URL.")]
    [InlineData("Mayhem:Reports:Webhook:Address", "x", "Mayhem:Reports:Webhook:Address is not a setting; there are Url, Headers, Kinds, TimeLimit.")]
    [InlineData("Mayhem:Reports:Syslog:Transport", "Pigeon", "Mayhem:Reports:Syslog:Transport is 'Pigeon'; give Udp or Tcp or Local.")]
    public async Task Start_WithABadValue_FailsAndNamesTheKey(string key, string value, string sentence) =>
        Assert.Equal([sentence], await ErrorsOfAsync((key, value)));

    [Fact]
    public async Task Start_WithSeveralBadValues_NamesThemAll()
    {
        var errors = await ErrorsOfAsync(("MayhemQueue", ""), ("Mayhem:Retry:CrashLimit", "0"), ("Mayhem:Shutdown:Grace", "x"));

        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public async Task Start_NotADryRunWithoutATarget_Fails() =>
        Assert.StartsWith("Mayhem:DryRun is false, but there is nothing to restart hosts with", Assert.Single(await ErrorsOfAsync(("Mayhem:DryRun", "false"))), StringComparison.Ordinal);

    [Fact]
    public async Task Start_ARealTargetWithoutALastingLedger_Fails()
    {
        await using var app = new TestApp(before: services => services.AddSingleton<IRestartTarget, RealTarget>());

        var errors = ConfigurationErrors.Of(await Assert.ThrowsAnyAsync<Exception>(app.StartAsync));

        Assert.StartsWith("Mayhem:Ledger:Directory is missing", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, null, "ServiceBusConnection is missing: give a connection string, or ServiceBusConnection__fullyQualifiedNamespace to connect with an identity.")]
    [InlineData(SharedKey, "mine.servicebus.windows.net", null, null, "ServiceBusConnection and ServiceBusConnection__fullyQualifiedNamespace are both given: leave one of them out.")]
    [InlineData("hunter2", null, null, null, "ServiceBusConnection is not a Service Bus connection string: it looks like Endpoint=sb://NAME.servicebus.windows.net/;SharedAccessKeyName=…;SharedAccessKey=….")]
    [InlineData(null, "sb://mine/", null, null, "ServiceBusConnection__fullyQualifiedNamespace is 'sb://mine/'; give the host name alone, as my-namespace.servicebus.windows.net.")]
    [InlineData(null, "mine.servicebus.windows.net", "id", null, "ServiceBusConnection__clientId is given without ServiceBusConnection__credential: set that to managedidentity to use the user-assigned identity 'id'.")]
    [InlineData(null, "mine.servicebus.windows.net", null, "magic", "ServiceBusConnection__credential is 'magic'; give managedidentity, or leave it out to use whatever identity the environment offers.")]
    [InlineData(SharedKey, null, null, null, null)]
    [InlineData(null, "mine.servicebus.windows.net", "id", "managedidentity", null)]
    public async Task Start_WithAConnection_IsChecked(string? connectionString, string? name, string? clientId, string? credential, string? sentence)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["MayhemQueue"] = "restarts",
            ["ServiceBusConnection"] = connectionString,
            ["ServiceBusConnection:fullyQualifiedNamespace"] = name,
            ["ServiceBusConnection:clientId"] = clientId,
            ["ServiceBusConnection:credential"] = credential,
        };
        await using var app = new TestApp(settings, online: true);

        var failure = await Record.ExceptionAsync(app.StartAsync);

        Assert.Equal(sentence is null ? [] : [sentence], failure is null ? [] : ConfigurationErrors.Of(failure));
        Assert.Equal(sentence is null, failure is null);
    }

    [Fact]
    public void Of_AnotherFailureAmongThem_IsNotAMatterOfConfiguration() =>
        Assert.Empty(ConfigurationErrors.Of(new AggregateException(new InvalidOperationException("other"))));

    private static async Task<IReadOnlyList<string>> ErrorsOfAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["MayhemQueue"] = "restarts" };
        foreach (var (key, value) in settings)
            all[key] = value;
        await using var app = new TestApp(all);
        return ConfigurationErrors.Of(await Assert.ThrowsAnyAsync<Exception>(app.StartAsync));
    }

    private sealed class RealTarget : IRestartTarget
    {
        public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult(new IssuedRestart("1"));

        public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult<IssuedRestart?>(null);
    }
}
