using Mayhem.FrameCapture.Samples;
using Mayhem.Testing;

namespace Mayhem.FrameCapture.Tests.Recording;

/// <summary>The options hold for the whole process: nothing else runs at the same time.</summary>
[CollectionDefinition(nameof(CaptureOptionsTests), DisableParallelization = true)]
[Collection(nameof(CaptureOptionsTests))]
public sealed class CaptureOptionsTests : IDisposable
{
    private readonly CaptureOptions before = FrameRecorder.Options;

    [Fact]
    public void Enabled_False_CapturesNothing()
    {
        FrameRecorder.Options = new CaptureOptions { Enabled = false };

        Assert.Empty(CapturedFrames.Of(Thrown.By(() => Regions.Throw("host"))));
    }

    [Fact]
    public void MaxFrames_Lower_CapturesFewer()
    {
        FrameRecorder.Options = new CaptureOptions { MaxFrames = 4 };

        Assert.Equal(4, CapturedFrames.Of(Thrown.By(() => PlainMethods.Recurse(0, 20))).Count);
    }

    [Fact]
    public void MaxExceptionsPerSecond_InAStorm_CapturesSoManyAndCountsTheRest()
    {
        FrameRecorder.Options = new CaptureOptions { MaxExceptionsPerSecond = 5, TimeProvider = new ManualTimeProvider() };
        var skipped = FrameRecorder.ExceptionsSkipped;

        var captured = Enumerable.Range(0, 20).Count(_ => CapturedFrames.Of(Thrown.By(() => Regions.Rethrows("host"))).Count > 0);

        Assert.Equal(5, captured);
        Assert.Equal(skipped + 15, FrameRecorder.ExceptionsSkipped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_001)]
    public void MaxFrames_OutOfItsRange_IsRefused(int frames)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new CaptureOptions { MaxFrames = frames });

        Assert.Contains("MaxFrames must be 2 to 1,000.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => FrameRecorder.Options = before;
}
