using System.Collections.Frozen;
using Mayhem.Restarts;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.Fleet;

/// <summary>
/// A restart target of real local processes. A restart kills the host's process and starts another, which claims its order on disk, so an
/// order starts one process even if this program is killed at any moment. The processes end with this one, however it ends.
/// </summary>
public sealed class ProcessFleet : IRestartTarget, IAsyncDisposable
{
    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    private readonly FleetOptions options;
    private readonly TimeProvider timeProvider;
    private readonly ILogger<ProcessFleet> logger;
    private readonly RestartClaims claims;
    private readonly string claimFolder;
    private readonly CancellationTokenSource ending = new();
    private readonly FrozenDictionary<string, LocalHost> hosts;
    private Task forgetting = Task.CompletedTask;

    /// <summary>Starts nothing yet.</summary>
    /// <exception cref="ArgumentException">Two hosts have one name, or a name has characters that are not allowed.</exception>
    public ProcessFleet(FleetOptions options, TimeProvider timeProvider, ILogger<ProcessFleet> logger)
    {
        if (options.Hosts.FirstOrDefault(host => host.Name.Length == 0 || !host.Name.All(IsAllowed)) is { } misnamed)
            throw new ArgumentException($"'{misnamed.Name}' cannot be a host's name: use letters, digits, hyphens, dots and underscores.", nameof(options));
        if (options.Hosts.GroupBy(host => host.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"There are two hosts named '{twice.Key}'.", nameof(options));
        this.options = options;
        this.timeProvider = timeProvider;
        this.logger = logger;
        claimFolder = Path.Combine(options.DataDirectory, HostProtocol.ClaimFolder);
        claims = new RestartClaims(claimFolder);
        var launch = options.Launch ?? HostLaunch.ThisProgram();
        hosts = options.Hosts.ToFrozenDictionary(
            host => host.Name, host => new LocalHost(host, options, launch, claims, timeProvider, logger, ending.Token), StringComparer.Ordinal);
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<FleetHost> Hosts => options.Hosts;

    /// <summary>The process that plays the host now; null if there is none at the moment, or no such host.</summary>
    public int? ProcessIdOf(string host) => hosts.GetValueOrDefault(host)?.ProcessId;

    /// <summary>
    /// Boots all hosts, as many at a time as there are cores, and forgets old claims and starts, from then on once an hour. Orders may come when the call
    /// has returned: a host that has one boots out of its turn.
    /// </summary>
    /// <exception cref="RestartFailedException">A host does not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(claimFolder);
        Forget();
        forgetting = ForgetAgainAsync();
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(hosts.Values, bounded, async (host, token) => await host.BootAsync(token));
    }

    /// <inheritdoc />
    public Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken) => hosts.TryGetValue(order.Request.Host, out var host)
        ? host.RestartAsync(order, cancellationToken)
        : Task.FromException<IssuedRestart>(new HostNotFoundException(order.Request.Host));

    /// <inheritdoc />
    public Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken) => hosts.TryGetValue(order.Request.Host, out var host)
        ? host.CheckAsync(issued, cancellationToken)
        : Task.FromException(new RestartFailedException($"Host '{order.Request.Host}' is not in the fleet any more."));

    /// <inheritdoc />
    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) => Task.FromResult(claims.Find(order));

    /// <summary>Ends all processes.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(hosts.Values.Select(host => host.DisposeAsync().AsTask()));
        await forgetting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ForgetAgainAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            await Task.Delay(BetweenForgetting, timeProvider, ending.Token);
            try
            {
                Forget();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Log.StartsNotForgotten(logger, failure);
            }
        }
    }

    private void Forget()
    {
        var limit = timeProvider.GetUtcNow() - options.ClaimRetention;
        claims.RemoveOlderThan(limit);
        StartLog.Trim(Path.Combine(options.DataDirectory, HostProtocol.StartLog), limit);
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_';
}
