using Mayhem.Local.FunctionsHost;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.FunctionsHost;

public class SettlementByTheHostTests
{
    private const string Complete = "\"autoCompleteMessages\": true";
    private const string Keep = "\"autoCompleteMessages\": false";

    [Fact]
    public async Task Function_ThrowsBeforeSettling_MessageIsAbandonedAndDeliveredAgain()
    {
        var thrown = new InvalidOperationException("first delivery");
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, message, actions) =>
            message.DeliveryCount == 1 ? throw thrown : actions.CompleteMessageAsync(message));

        test.Bus.Send("m1");
        await test.EndedAsync(2);

        var (first, second) = (test.Ended.ElementAt(0), test.Ended.ElementAt(1));
        Assert.Same(thrown, first.Failure);
        Assert.Equal(InvocationSettlement.Abandoned, first.Settlement);
        Assert.Equal(2, second.DeliveryCount);
        Assert.Null(second.Failure);
        Assert.Equal(["m1"], test.Bus.Abandoned);
        Assert.Equal(["m1"], test.Bus.Completed);
        Assert.Equal(1, test.Host.Failed);
        Assert.Equal(1, test.Host.Succeeded);
    }

    [Fact]
    public async Task Function_ThrowsAfterSettling_HostOnlyCountsTheFailure()
    {
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>(async (_, message, actions) =>
        {
            await actions.DeadLetterMessageAsync(message);
            throw new InvalidOperationException("to be seen in the portal");
        });

        test.Bus.Send("m1");
        var ended = await test.EndedAsync();

        Assert.Equal(InvocationSettlement.ByFunction, ended.Settlement);
        Assert.IsType<InvalidOperationException>(ended.Failure);
        Assert.Equal(["m1"], test.Bus.DeadLettered);
        Assert.Empty(test.Bus.Abandoned);
        Assert.Equal(1, test.Host.Failed);
    }

    [Fact]
    public async Task Function_ReturnsUnsettled_FollowsHostJsonUnlessTheAttributeSpeaks()
    {
        Assert.Equal(InvocationSettlement.Completed, await ReturnUnsettledAsync<ScriptedFunction>(""));
        Assert.Equal(InvocationSettlement.Completed, await ReturnUnsettledAsync<ScriptedFunction>(Complete));
        Assert.Equal(InvocationSettlement.LeftLocked, await ReturnUnsettledAsync<ScriptedFunction>(Keep));
        Assert.Equal(InvocationSettlement.LeftLocked, await ReturnUnsettledAsync<KeepingFunction>(Complete));
        Assert.Equal(InvocationSettlement.Completed, await ReturnUnsettledAsync<CompletingFunction>(Keep));
    }

    [Fact]
    public async Task Function_LostItsLockBeforeItThrew_FailsAndTheHostGoesOn()
    {
        FakeServiceBus? bus = null;
        await using var test = await HostUnderTest.StartAsync<ScriptedFunction>((_, message, actions) =>
        {
            if (!string.Equals(message.MessageId, "lost", StringComparison.Ordinal))
                return actions.CompleteMessageAsync(message);
            bus!.Read(queue => queue.Locked.Remove("lost"));
            throw new InvalidOperationException("too late");
        });
        bus = test.Bus;

        bus.Send("lost");
        var ended = await test.EndedAsync();
        bus.Send("next");
        await test.EndedAsync(2);

        Assert.Equal(InvocationSettlement.LeftLocked, ended.Settlement);
        Assert.Equal(["next"], bus.Completed);
    }

    [Fact]
    public async Task Actions_UsedAfterTheInvocation_DoNotFindTheLockToken()
    {
        var leaked = new TaskCompletionSource<Func<Task>>();
        await using var test = await HostUnderTest.StartAsync<KeepingFunction>((_, message, actions) =>
        {
            leaked.SetResult(() => actions.CompleteMessageAsync(message));
            return Task.CompletedTask;
        });

        test.Bus.Send("m1");
        await test.EndedAsync();
        var late = await leaked.Task;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(late);
        Assert.Contains("not found", error.Message, StringComparison.Ordinal);
        Assert.Empty(test.Bus.Completed);
    }

    private static async Task<InvocationSettlement> ReturnUnsettledAsync<TFunction>(string busSettings)
    {
        await using var test = await HostUnderTest.StartAsync<TFunction>((_, _, _) => Task.CompletedTask, busSettings);
        test.Bus.Send("m1");
        var ended = await test.EndedAsync();
        Assert.Null(ended.Failure);
        Assert.Equal(ended.Settlement == InvocationSettlement.Completed ? ["m1"] : [], test.Bus.Completed);
        Assert.Empty(test.Bus.Abandoned);
        return ended.Settlement;
    }
}
