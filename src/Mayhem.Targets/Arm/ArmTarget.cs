using System.Globalization;
using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Mayhem.Restarts;
using Mayhem.Targets.Health;
using Mayhem.Targets.Operations;
using Microsoft.Extensions.Logging;

namespace Mayhem.Targets.Arm;

/// <summary>
/// Restarts machines in Azure. The request is sent once; what comes of it is asked of the URL that Azure names, which is all that a later delivery needs.
/// </summary>
/// <param name="access">The way to Azure.</param>
/// <param name="machines">The machine of a host.</param>
/// <param name="verification">Looks at the host after the operation has ended.</param>
/// <param name="times">Limits and intervals.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Hears of restarts that were accepted.</param>
internal sealed class ArmTarget(
    ArmAccess access, ArmMachines machines, HostVerification verification, OperationTimes times, TimeProvider timeProvider, ILogger logger) : IRestartTarget
{
    private const string Done = "done:";

    // Accepted without an URL to ask, or found after an answer was lost: only the machine itself can be asked.
    private const string ByState = "state:";

    private readonly OperationWatch watch = new(times.PollInterval, timeProvider);
    private readonly IssueFailures failures = new(times.ThrottledDelay, timeProvider);

    /// <inheritdoc />
    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        var host = order.Request.Host;
        var (id, machine) = machines.Of(host);
        try
        {
            using var correlation = HttpPipeline.CreateClientRequestIdScope(ClientRequestId(order));
            var answer = (await machine.RestartAsync(cancellationToken)).GetRawResponse();
            var operation = OperationUrl(answer) ?? (answer.Status == 200 ? Done : ByState) + id;
            Log.RestartAccepted(logger, host, order.Request.RequestId, operation.Split('?')[0], Header(answer, "x-ms-correlation-request-id") ?? "");
            return new IssuedRestart(operation);
        }
        catch (RequestFailedException failure)
        {
            throw await failures.OfRestartAsync(host, machine, failure, cancellationToken);
        }
        catch (AuthenticationFailedException failure)
        {
            throw new RestartFailedException($"There is no token to restart '{host}' with, so nothing was asked: {failure.Message}", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AmbiguousRestartException($"The request to restart '{host}' had no answer in time.", late);
        }
    }

    /// <inheritdoc />
    public async Task WatchAsync(RestartOrder order, IssuedRestart issued, CancellationToken cancellationToken)
    {
        var host = order.Request.Host;
        if (Uri.TryCreate(issued.Operation, UriKind.Absolute, out var url) && access.Owns(url))
        {
            await watch.UntilEndAsync(host, token => AskAsync(url, token), times.TimeLimit, cancellationToken);
        }
        else if (!issued.Operation.StartsWith(Done, StringComparison.Ordinal))
        {
            var (_, machine) = machines.Of(host);
            await watch.UntilEndAsync(host, token => AskAsync(machine, order.IntentAt, token), times.TimeLimit, cancellationToken);
        }
        await verification.UntilBackAsync(host, order.IntentAt, cancellationToken);
    }

    /// <summary>
    /// Looks at the machine for a while. An operation that runs now, or that ended after the intent was recorded, is taken for this order's:
    /// Azure does not tell whose it is. If there is none, the order was not issued.
    /// </summary>
    public async Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        var (id, machine) = machines.Of(order.Request.Host);
        while (true)
        {
            if ((await StateAsync(order.Request.Host, machine, cancellationToken)).ChangedSince(order.IntentAt))
                return new IssuedRestart(ByState + id);
            if (timeProvider.GetUtcNow() - order.IntentAt >= times.SettleTime)
                return null;
            await Task.Delay(times.PollInterval, timeProvider, cancellationToken);
        }
    }

    // By it a restart can be found in the activity log.
    private static string ClientRequestId(RestartOrder order) =>
        string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(order.Request.RequestId)}:{order.Attempt}");

    private string? OperationUrl(Response answer) => new[] { Header(answer, "Azure-AsyncOperation"), Header(answer, "Location") }
        .FirstOrDefault(text => Uri.TryCreate(text, UriKind.Absolute, out var url) && access.Owns(url));

    private static string? Header(Response answer, string name) => answer.Headers.TryGetValue(name, out var value) ? value : null;

    private async Task<OperationAnswer> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        using var answer = await access.GetAsync(url, cancellationToken);
        return new OperationAnswer(OperationStatus.Of(answer.Status, answer.Content.ToMemory()), failures.RetryAfterOf(answer));
    }

    private async Task<OperationAnswer> AskAsync(IArmMachine machine, DateTimeOffset intentAt, CancellationToken cancellationToken)
    {
        try
        {
            return new OperationAnswer(MachineState.Of(await machine.StatusesAsync(cancellationToken)).RestartSince(intentAt));
        }
        catch (RequestFailedException failure) when (failure.Status > 0)
        {
            return new OperationAnswer(OperationStatus.Of(failure.Status, body: default), failures.RetryAfterOf(failure.GetRawResponse()));
        }
    }

    private async Task<MachineState> StateAsync(string host, IArmMachine machine, CancellationToken cancellationToken)
    {
        try
        {
            return MachineState.Of(await machine.StatusesAsync(cancellationToken));
        }
        catch (RequestFailedException failure)
        {
            throw failures.OfLook(host, failure);
        }
        catch (Exception failure) when (Unanswered.Is(failure, cancellationToken))
        {
            throw new AmbiguousRestartException($"The state of '{host}' cannot be read, so that it cannot be told whether it is being restarted: {failure.Message}", failure);
        }
    }
}
