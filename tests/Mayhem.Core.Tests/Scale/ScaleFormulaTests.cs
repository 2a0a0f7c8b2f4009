using Mayhem.Benchmarks.Simulation;
using Mayhem.Locks;

namespace Mayhem.Core.Tests.Scale;

/// <summary>The figures of docs/scale.md are calculated; simulated hours keep the calculation honest.</summary>
public class ScaleFormulaTests
{
    private const int Seed = 4711;

    [Theory]
    [InlineData(1_000, 32)]
    [InlineData(100_000, 32)]
    [InlineData(1_000_000, 64)]
    public void Formula_SimulatedHour_AgreesOnOperationsAndWorkInFlight(double perDay, int concurrency)
    {
        var load = new ScaleLoad(perDay) { Concurrency = concurrency, CreditsPerSecond = null };
        var hour = ScaleSimulation.Run(load, ScaleFormula.Instances(load), Seed);

        // Of a few hundred messages, chance makes more of a difference.
        var tolerance = 0.03 + (2 / Math.Sqrt(load.PeakRate * 3600));
        Assert.InRange(hour.OperationsPerMessage / ScaleFormula.OperationsPerMessage(load), 1 - tolerance, 1 + tolerance);
        Assert.InRange(hour.InFlight / ScaleFormula.PeakInFlight(load), 1 - tolerance, 1 + tolerance);
    }

    [Fact]
    public void Instances_AsCalculated_HardlyAnyMessageWaits()
    {
        var load = new ScaleLoad(100_000);
        Assert.True(ScaleSimulation.Run(load, ScaleFormula.Instances(load), Seed).LongDelay < 1);
    }

    [Fact]
    public void Instances_TooFewForTheWorkInFlight_MessagesPileUp()
    {
        var load = new ScaleLoad(100_000);
        var tooFew = (int)(ScaleFormula.PeakInFlight(load) / load.Concurrency);
        Assert.True(ScaleSimulation.Run(load, tooFew, Seed).LongDelay > 60);
    }

    [Fact]
    public void MostMessages_LessThanThePeak_IsWhereOperationsBeginToWait()
    {
        var load = new ScaleLoad(1_000_000);
        Assert.True(ScaleFormula.MostMessages(load) > load.PeakRate);
        Assert.True(ScaleSimulation.Run(load, ScaleFormula.Instances(load), Seed).Throttled < 0.01);

        var more = load with { MessagesPerDay = 10_000_000 };
        Assert.True(ScaleFormula.MostMessages(more) < more.PeakRate);
        Assert.True(ScaleSimulation.Run(more, ScaleFormula.Instances(more), Seed).Throttled > 0.5);
    }

    [Fact]
    public void RunScaling_FromNoInstance_EndsUpWithAboutAsManyAsCalculated()
    {
        var load = new ScaleLoad(100_000);
        Assert.InRange(ScaleSimulation.RunScaling(load, mostInstances: 40, Seed).MostInstances, 6, ScaleFormula.Instances(load) + 8);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(300)]
    public void RenewAfter_IsWhenTheRenewerRenews(double lockSeconds) => Assert.Equal(
        RenewalTimes.Due(TimeSpan.Zero, TimeSpan.FromSeconds(lockSeconds)).TotalSeconds, new ScaleLoad(1) { LockSeconds = lockSeconds }.RenewAfterSeconds);
}
