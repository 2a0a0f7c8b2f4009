using Mayhem.Restarts;

namespace Mayhem.Core.Tests.Processing;

/// <summary>A target that does what a test tells it, call by call, and counts what was really done to the host.</summary>
internal sealed class ScriptedTarget : IRestartTarget
{
    private readonly Queue<Func<RestartOrder, CancellationToken, Task<bool>>> script = new();
    private readonly Queue<Exception> cannotTell = new();
    private readonly Dictionary<RestartOrder, IssuedRestart> issued = [];

    /// <summary>How often a host was really restarted.</summary>
    public int Restarts { get; private set; }

    public int Calls { get; private set; }

    public int Watches { get; private set; }

    /// <summary>The failures that calls ended with.</summary>
    public List<Exception> Thrown { get; } = [];

    /// <summary>What watching does; nothing by default, so that it ends well.</summary>
    public Func<CancellationToken, Task> Watch { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens right after a host was really restarted.</summary>
    public Action Acted { get; set; } = () => { };

    /// <summary>The next call restarts the host.</summary>
    public ScriptedTarget Succeed() => Then((_, _) => Task.FromResult(true));

    /// <summary>The next call throws, before or after the host was really restarted.</summary>
    public ScriptedTarget Fail(Func<Exception> failure, bool afterActing = false) => Then((order, _) =>
    {
        if (afterActing)
            Act(order);
        var thrown = failure();
        Thrown.Add(thrown);
        throw thrown;
    });

    /// <summary>The next call hangs until it is cancelled, and ends on the thread that cancels it.</summary>
    public ScriptedTarget Hang() => Then(async (_, cancellationToken) =>
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await cancelled.Task;
    });

    /// <summary>The next question whether a restart was issued is answered with a failure.</summary>
    public void CannotTell(Exception failure) => cannotTell.Enqueue(failure);

    public async Task<IssuedRestart> IssueAsync(RestartOrder order, CancellationToken cancellationToken)
    {
        Calls++;
        if (script.TryDequeue(out var step))
            await step(order, cancellationToken);
        return Act(order);
    }

    public Task WatchAsync(RestartOrder order, IssuedRestart restart, CancellationToken cancellationToken)
    {
        Watches++;
        return Watch(cancellationToken);
    }

    public Task<IssuedRestart?> FindIssuedAsync(RestartOrder order, CancellationToken cancellationToken) =>
        cannotTell.TryDequeue(out var failure) ? Task.FromException<IssuedRestart?>(failure) : Task.FromResult(issued.GetValueOrDefault(order));

    private ScriptedTarget Then(Func<RestartOrder, CancellationToken, Task<bool>> step)
    {
        script.Enqueue(step);
        return this;
    }

    private IssuedRestart Act(RestartOrder order)
    {
        Restarts++;
        issued[order] = new IssuedRestart($"restart-{Restarts}");
        Acted();
        return issued[order];
    }
}
