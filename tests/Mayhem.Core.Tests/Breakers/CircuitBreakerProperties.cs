using FsCheck;
using FsCheck.Fluent;
using Mayhem.Breakers;

namespace Mayhem.Core.Tests.Breakers;

/// <summary>Random histories of one breaker: attempts begin, end in any way and order or never, and time goes on.</summary>
public class CircuitBreakerProperties
{
    private enum Step
    {
        Ask,
        Succeed,
        Fail,
        GiveBack,
        Wait,
        WaitLong,
    }

    [Fact]
    public void Breaker_AnyHistory_HoldsItsPromises()
    {
        var steps = Gen.Frequency(
            (5, Gen.Constant(Step.Ask)), (2, Gen.Constant(Step.Succeed)), (5, Gen.Constant(Step.Fail)), (1, Gen.Constant(Step.GiveBack)), (2, Gen.Constant(Step.Wait)),
            (1, Gen.Constant(Step.WaitLong)));
        var history = steps.SelectMany(_ => Gen.Choose(0, 1000), (step, pick) => (step, pick)).ListOf(200);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(history.ToArbitrary(), entries =>
        {
            new Run().Follow(entries);
            return true;
        }));
    }

    private sealed class Run
    {
        private static readonly BreakerOptions Options = new()
        {
            FailureRatio = 0.5, MinimumThroughput = 5, Window = TimeSpan.FromSeconds(20), BreakDuration = TimeSpan.FromSeconds(4), MaxBreakDuration = TimeSpan.FromSeconds(30),
            ProbeLimit = TimeSpan.FromSeconds(40),
        };

        private readonly CircuitBreaker breaker = new(Options);
        private readonly List<(BreakerTicket Ticket, TimeSpan At)> underWay = [];
        private readonly List<TimeSpan> endsOfAttempts = [];
        private TimeSpan now;

        public void Follow(IEnumerable<(Step Step, int Pick)> history)
        {
            foreach (var (step, pick) in history)
            {
                var before = breaker.State;
                Take(step, pick);
                Check(before, step);
            }

            // However it went: left alone for long enough, it lets somebody try, and who does well closes it.
            now += TimeSpan.FromMinutes(5);
            var last = breaker.Ask(now);
            Assert.NotNull(last);
            if (last.Value.IsProbe)
                breaker.Succeed(last.Value, now);
            Assert.Equal(BreakerState.Closed, breaker.State);
        }

        private void Take(Step step, int pick)
        {
            switch (step)
            {
                case Step.Ask when breaker.Ask(now) is { } ticket:
                    if (ticket.IsProbe)
                        Assert.DoesNotContain(underWay, other => other.Ticket.IsProbe && other.Ticket.Generation == ticket.Generation - 1 && now - other.At < Options.ProbeLimit);
                    underWay.Add((ticket, now));
                    break;
                case Step.Wait or Step.WaitLong:
                    now += TimeSpan.FromMilliseconds(step == Step.Wait ? pick : 20 * pick);
                    break;
                case Step.Succeed or Step.Fail or Step.GiveBack when underWay.Count > 0:
                    var (ended, _) = underWay[pick % underWay.Count];
                    underWay.RemoveAt(pick % underWay.Count);
                    End(step, ended);
                    break;
            }
        }

        private void End(Step step, BreakerTicket ticket)
        {
            if (step == Step.GiveBack)
            {
                breaker.GiveBack(ticket);
                return;
            }

            endsOfAttempts.Add(now);
            if (step == Step.Succeed)
                breaker.Succeed(ticket, now);
            else
                breaker.Fail(ticket, now);
        }

        private void Check(BreakerState before, Step step)
        {
            if (before == BreakerState.Closed && breaker.State == BreakerState.Open)
            {
                Assert.Equal(Step.Fail, step);
                Assert.True(endsOfAttempts.Count(at => now - at <= Options.Window) >= Options.MinimumThroughput, "It opened below its minimum throughput.");
                Assert.True(breaker.Results(now).Failed >= Options.FailureRatio * breaker.Results(now).All, "It opened below its ratio.");
            }

            if (before == BreakerState.Open && breaker.State != BreakerState.Open)
                Assert.Equal((BreakerState.HalfOpen, Step.Ask), (breaker.State, step));
            if (before == BreakerState.Open)
                Assert.InRange(breaker.Break, Options.BreakDuration, Options.MaxBreakDuration);
            if (breaker.State == BreakerState.Open)
                Assert.InRange(breaker.NextProbeAt!.Value, breaker.Since, breaker.Since + Options.MaxBreakDuration);
            Assert.True(!breaker.IsProbing || breaker.State == BreakerState.HalfOpen, "A probe while it is not half open.");
        }
    }
}
