using Mayhem.Reporting.Thinning;
using Mayhem.Testing;

namespace Mayhem.Reporting.Tests.Thinning;

/// <summary>Measures the memory of the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(StormThinningMemoryTests), DisableParallelization = true)]
[Collection(nameof(StormThinningMemoryTests))]
public sealed class StormThinningMemoryTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void ShouldTell_MillionsOfFingerprints_AreCountedTogetherInBoundedMemory()
    {
        var thinning = new StormThinning(clock, new StormThinningOptions { Capacity = 100 });
        var counted = 0L;

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var one = SomeReport.WithFingerprint("");
        for (var failure = 0; failure < 1_000_000; failure++)
        {
            if (thinning.ShouldTell(one with { Fingerprint = $"f{failure}" }, out var unreported))
                counted += 1 + unreported;
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        counted += thinning.TakeWithheld(all: true).Sum(withheld => 1L + withheld.Unreported);

        Assert.Equal(1_000_000, counted);
        Assert.InRange(grown, long.MinValue, 1_000_000);
    }
}
