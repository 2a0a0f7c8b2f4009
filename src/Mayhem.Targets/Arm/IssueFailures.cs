using System.Globalization;
using Azure;
using Mayhem.Restarts;
using Mayhem.Targets.Operations;

namespace Mayhem.Targets.Arm;

/// <summary>Makes of Azure's answers the failures that the rules know. Looks at the machine where the answer alone does not decide.</summary>
/// <param name="throttledDelay">How long to wait if Azure throttles without saying for how long.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class IssueFailures(TimeSpan throttledDelay, TimeProvider timeProvider)
{
    /// <summary>The failure of a request for a restart.</summary>
    public async Task<Exception> OfRestartAsync(string host, IArmMachine machine, RequestFailedException failure, CancellationToken cancellationToken)
    {
        var retryAfter = RetryAfterOf(failure.GetRawResponse());
        switch (Signal(failure))
        {
            case IssueSignal.Refused:
                return Refused(host, failure);
            case IssueSignal.Locked:
                return new RestartDeniedException($"A lock in Azure forbids to restart '{host}': {Reason(failure)}", failure);
            case IssueSignal.Throttled:
                return Throttled(host, failure);
            case IssueSignal.NotFound:
                return await RecheckAsync(host, machine, failure, cancellationToken);
            case IssueSignal.NotInThisState when await StateAsync(machine, cancellationToken) is { IsOff: true } state:
                return new RestartRefusedException($"'{host}' is {state.Power}; only a machine that runs can be restarted: {Reason(failure)}", failure);
            case IssueSignal.NotInThisState or IssueSignal.QuotaExceeded or IssueSignal.Conflict:
                return new RestartFailedException($"'{host}' cannot be restarted now: {Reason(failure)}", failure) { RetryAfter = retryAfter };
            default:
                return new AmbiguousRestartException($"It cannot be told whether '{host}' is being restarted: {Reason(failure)}", failure) { RetryAfter = retryAfter };
        }
    }

    /// <summary>The failure of a look at the machine, which leaves open whether it is being restarted.</summary>
    public Exception OfLook(string host, RequestFailedException failure) => Signal(failure) switch
    {
        IssueSignal.NotFound => new HostNotFoundException(host, failure),
        IssueSignal.Throttled => Throttled(host, failure),
        IssueSignal.Refused => Refused(host, failure),
        _ => new AmbiguousRestartException($"The state of '{host}' cannot be read: {Reason(failure)}", failure) { RetryAfter = RetryAfterOf(failure.GetRawResponse()) },
    };

    /// <summary>When Azure wants to be asked again; null if it does not say.</summary>
    public TimeSpan? RetryAfterOf(Response? answer) =>
        answer is not null && answer.Headers.TryGetValue(RetryAfter.Header, out var value) ? RetryAfter.Parse(value, timeProvider.GetUtcNow()) : null;

    // Azure's front ends learn of a new machine one after the other.
    private static async Task<Exception> RecheckAsync(string host, IArmMachine machine, RequestFailedException failure, CancellationToken cancellationToken)
    {
        try
        {
            await machine.StatusesAsync(cancellationToken);
            return new RestartFailedException($"'{host}' was not found when it was to be restarted, but it exists: {Reason(failure)}", failure);
        }
        catch (RequestFailedException again) when (Signal(again) == IssueSignal.NotFound)
        {
            return new HostNotFoundException(host, failure);
        }
        catch (Exception unclear) when (Unanswered.Is(unclear, cancellationToken))
        {
            return new RestartFailedException($"'{host}' was not found, but that could not be checked: {unclear.Message}", failure);
        }
    }

    // Null if it cannot be read: then the refusal is not final, and the message is tried again.
    private static async Task<MachineState?> StateAsync(IArmMachine machine, CancellationToken cancellationToken)
    {
        try
        {
            return MachineState.Of(await machine.StatusesAsync(cancellationToken));
        }
        catch (Exception unclear) when (Unanswered.Is(unclear, cancellationToken))
        {
            return null;
        }
    }

    private static IssueSignal Signal(RequestFailedException failure) => IssueSignals.Of(failure.Status, failure.ErrorCode, failure.Message);

    private RestartThrottledException Throttled(string host, RequestFailedException failure) =>
        new($"Azure throttles requests for '{host}': {Reason(failure)}", RetryAfterOf(failure.GetRawResponse()) ?? throttledDelay, failure);

    private static RestartRefusedException Refused(string host, RequestFailedException failure) => new($"Azure refuses a request for '{host}': {Reason(failure)}", failure);

    // The SDK's message goes on with all headers and the body.
    private static string Reason(RequestFailedException failure) => string.Create(
        CultureInfo.InvariantCulture, $"{failure.Message.Split('\n')[0].TrimEnd()} (status {failure.Status}{(failure.ErrorCode is { } code ? $", {code}" : "")})");
}
