using FsCheck;
using FsCheck.Fluent;
using Mayhem.Locks;

namespace Mayhem.Core.Tests.Locks;

/// <summary>Any mix of clock steps, renewals that succeed, fail, hang or throw, wall-clock jumps and disposal, against a simple model.</summary>
public class LockRenewerProperties
{
    private static readonly Gen<(Act Act, int Amount)> Acts = Gen.Frequency(
        (8, Gen.Choose(1, 4_000).Select(ms => (Act.Advance, ms))),
        (4, Gen.Choose(1, 50).Select(ms => (Act.Advance, ms))),
        (5, Gen.Constant((Act.Succeed, 0))),
        (3, Gen.Constant((Act.Fail, 0))),
        (1, Gen.Choose(-100, 100).Select(hours => (Act.JumpWallClock, hours))),
        (2, Gen.Choose(0, 3).Select(answer => (Act.AnswerFromNowOn, answer))),
        (1, Gen.Frequency((9, Gen.Constant((Act.Advance, 10))), (1, Gen.Constant((Act.Dispose, 0))))));

    private enum Act
    {
        Advance,
        Succeed,
        Fail,
        JumpWallClock,
        AnswerFromNowOn,
        Dispose,
    }

    [Fact]
    public void Lock_WhateverHappens_IsLostAtItsDeadlineAndNotBefore()
    {
        var scripts =
            from remaining in Gen.Choose(1, 20_000)
            from length in Gen.Choose(200, 20_000)
            from ceiling in Gen.Choose(1, 60)
            from acts in Acts.ListOf().Resize(120)
            select (remaining, length, ceiling, acts);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), Prop.ForAll(scripts.ToArbitrary(), script =>
        {
            using var run = new Run(script.remaining, script.length, script.ceiling);
            foreach (var (act, amount) in script.acts)
                run.Do(act, amount);
        }));
    }

    private sealed class Run : IDisposable
    {
        private readonly RenewerBench bench;
        private readonly LockHandle held;
        private readonly double length;
        private readonly double ceiling;
        private TaskCompletionSource? call;
        private int answer;
        private double now;
        private double callStartedAt;
        private double deadline;
        private bool disposed;

        public Run(double remaining, double length, int ceilingSeconds)
        {
            bench = new RenewerBench(new LockOptions { MaxLockDuration = TimeSpan.FromSeconds(ceilingSeconds) });
            this.length = length;
            ceiling = ceilingSeconds * 1000;
            deadline = remaining;
            held = bench.Renewer.Hold("m-1", TimeSpan.FromMilliseconds(remaining), TimeSpan.FromMilliseconds(length), Renew);
        }

        public void Dispose() => bench.Dispose();

        public void Do(Act act, int amount)
        {
            switch (act)
            {
                case Act.Advance:
                    now += amount;
                    bench.Clock.Advance(TimeSpan.FromMilliseconds(amount));
                    break;
                case Act.Succeed when call is not null:
                    Extend();
                    Take().SetResult();
                    break;
                case Act.Fail when call is not null:
                    Take().SetException(new InvalidOperationException("no"));
                    break;
                case Act.JumpWallClock:
                    bench.Clock.JumpWallClock(TimeSpan.FromHours(amount));
                    break;
                case Act.AnswerFromNowOn:
                    answer = amount;
                    break;
                case Act.Dispose:
                    disposed = true;
                    _ = held.DisposeAsync().AsTask();
                    break;
            }

            bench.Renewer.RunDue();
            if (!disposed)
                Compare();
        }

        private void Compare()
        {
            var lost = now >= deadline;
            Assert.Equal(lost, held.State == LockState.Lost);
            Assert.Equal(lost || now >= ceiling, held.Token.IsCancellationRequested);
            Assert.Equal(held.Token.IsCancellationRequested, held.End != LockEnd.None);
            Assert.Equal(lost ? 0 : 1, bench.Renewer.Count);
        }

        private Task Renew(CancellationToken cancellationToken)
        {
            Assert.False(disposed, "a renewal was sent after the handle had been disposed of");
            Assert.Null(call);
            Assert.True(now < deadline && now < ceiling, "a renewal was sent for a lock that had been given up");
            callStartedAt = now;
            switch (answer)
            {
                case 0:
                    Extend();
                    return Task.CompletedTask;
                case 1:
                    throw new InvalidOperationException("no");
                default:
                    call = new TaskCompletionSource();
                    return call.Task;
            }
        }

        private void Extend()
        {
            if (held.State != LockState.Lost)
                deadline = Math.Max(deadline, callStartedAt + length);
        }

        private TaskCompletionSource Take()
        {
            var taken = call!;
            call = null;
            return taken;
        }
    }
}
