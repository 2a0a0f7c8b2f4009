using System.Runtime.InteropServices;
using Mayhem.Local.Chaos.KillPoints;
using Mayhem.Testing;

namespace Mayhem.Crash;

/// <summary>Runs <c>mayhem up</c> on a data folder and kills it, again and again; then lets it finish and looks at what is left.</summary>
internal sealed class CrashRuns : IDisposable
{
    /// <summary>Fewer deliveries than the queue allows: no message may be dead-lettered for somebody else's kills.</summary>
    public const int MostKills = 8;

    private const int Hosts = 2;
    private const int Killed = 128 + 9;

    private readonly DataFolder data;
    private readonly bool detectsDuplicates;
    private readonly Workload workload;
    private readonly List<string> story = [];
    private readonly (string Name, string Value)[] environment;
    private IReadOnlyList<Sent> sent = [];
    private IReadOnlyList<Sent> offered = [];

    /// <param name="seed">Decides about messages and settings.</param>
    public CrashRuns(int seed)
    {
        workload = new Workload(seed, Hosts);
        var copies = RetriesByCopies(seed);
        var sessions = IsInSessions(seed);
        detectsDuplicates = seed / 8 % 4 != 0;
        data = new DataFolder(sessions, detectsDuplicates);
        story.Add($"seed {seed}, retries {(copies ? "as scheduled copies" : "in place")}{(sessions ? ", in sessions" : "")}{(detectsDuplicates ? "" : ", duplicates kept")}");
        environment =
        [
            ("DOTNET_TieredPGO", "0"),
            // Short times, since every run has to see all of them.
            ("Mayhem__Locks__Duration", "00:00:01"),
            ("Mayhem__Retry__InPlaceLimit", copies ? "00:00:00" : "00:00:05"),
            ("Mayhem__Retry__InFlightDelay", "00:00:00.1"),
            ("Mayhem__Failures__RestartThrottledException__Delay", "00:00:00.5"),
            ("Mayhem__Failures__RestartFailedException__FirstDelay", "00:00:00.1"),
            ("Mayhem__Failures__TimeoutException__FirstDelay", "00:00:00.1"),
            // Every kill is a death of all that is in flight.
            ("Mayhem__Retry__CrashLimit", "100"),
        ];
    }

    /// <summary>Whether runs of this seed schedule copies: retries wait in place in half of them, and where there are sessions.</summary>
    public static bool SchedulesCopies(int seed) => RetriesByCopies(seed) && !IsInSessions(seed);

    /// <summary>What has been done so far.</summary>
    public string Story => string.Join("\n  ", story);

    /// <summary>How often a run was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Sends messages to the queue.</summary>
    public async Task SendAsync(int count)
    {
        sent = workload.Make(count);
        await data.SendAsync(sent);
    }

    /// <summary>Lets the next run publish messages, so that it can be killed meanwhile.</summary>
    public async Task OfferAsync(int count)
    {
        // What is no request is refused at the door, and the program sends each under its request's id.
        offered = [.. workload.Make(count).Where(message => message.DeadLetterReason != "Poison").Select(message => message with { MessageId = message.RequestId })];
        await File.WriteAllLinesAsync(data["requests.jsonl"], offered.Select(message => System.Text.Encoding.UTF8.GetString(message.Body)));
    }

    /// <summary>Runs until the kill. False if the run had ended before.</summary>
    public async Task<bool> RunAsync(Kill kill)
    {
        var isFirst = story.Count == 1;
        var source = isFirst && offered.Count > 0 ? "--requests requests.jsonl" : "--drain";
        var point = kill is Kill.AtPoint at ? $"--die-at {at.Plan}" : "";
        var before = data.Starts();
        using var mayhem = MayhemProcess.Start(data.Path, $"up {source} {data.Options} --hosts {Hosts} --compact-after 4000 --no-dashboard --json {point}", environment);
        mayhem.Input.Close();
        var killed = kill switch
        {
            Kill.AtMoment moment => await KillAsync(mayhem, before + moment.Starts, moment.After),
            Kill.WhileStopping stopping => await StopAndKillAsync(mayhem, before + stopping.Starts, stopping.Later),
            Kill.AtPoint { Plan.Point: KillPoint.DuringDrain } => await StopAsync(mayhem, before + Hosts + 1),
            _ => await mayhem.EndAsync() == Killed,
        };
        if (killed)
            Kills++;
        else if (await mayhem.EndAsync() is not 0 and var exitCode && !IsTooSlow(mayhem))
            Fail([$"a run ended by itself with exit code {exitCode}", .. mayhem.Errors]);
        story.Add($"{kill}: {(killed ? "killed" : "had ended")}, {data.RequestsWithAStart().Count} restarts so far");
        return killed;
    }

    /// <summary>Lets Mayhem finish, and throws if a promise is broken.</summary>
    public async Task FinishAsync()
    {
        var (exitCode, summary) = await data.DrainAsync($"--hosts {Hosts}", environment);
        var lost = summary.GetProperty("lost").GetInt32();
        var violations = (await data.CollectAsync()).Violations(sent, offered, detectsDuplicates ? 0 : Kills).ToList();
        if (exitCode != 0 || lost != 0)
            violations.Add($"the last run ended with exit code {exitCode} and {lost} lost");
        if (violations.Count > 0)
            Fail(violations);
    }

    public void Dispose() => data.Dispose();

    private static bool RetriesByCopies(int seed) => seed % 2 == 0;

    private static bool IsInSessions(int seed) => seed / 2 % 4 == 0;

    private void Fail(IEnumerable<string> violations)
    {
        data.Keep();
        Assert.Fail($"{string.Join('\n', violations)}\n{Story}\nThe data folder is kept: {data.Path}\n{CrashSettings.Repeat}");
    }

    // On a machine under heavy load a host may not be up in time for its fleet: the run ends, as well as if it had been killed.
    private static bool IsTooSlow(MayhemProcess mayhem) => mayhem.Errors.Any(line => line.Contains("was not ready within", StringComparison.Ordinal));

    private async Task<bool> KillAsync(MayhemProcess mayhem, int starts, TimeSpan after)
    {
        await ReachAsync(mayhem, starts);
        await Task.Delay(after, TimeProvider.System);
        return await mayhem.KillAsync();
    }

    private async Task<bool> StopAndKillAsync(MayhemProcess mayhem, int starts, TimeSpan later)
    {
        await ReachAsync(mayhem, starts);
        mayhem.TrySend(PosixSignal.SIGTERM);
        await Task.Delay(later, TimeProvider.System);
        return await mayhem.KillAsync();
    }

    private async Task<bool> StopAsync(MayhemProcess mayhem, int starts)
    {
        await ReachAsync(mayhem, starts);
        mayhem.TrySend(PosixSignal.SIGTERM);
        return await mayhem.EndAsync() == Killed;
    }

    private Task ReachAsync(MayhemProcess mayhem, int starts) =>
        Eventually.HoldsAsync(() => mayhem.HasEnded || data.Starts() >= starts, $"{starts} hosts are started", TimeSpan.FromSeconds(60));
}
