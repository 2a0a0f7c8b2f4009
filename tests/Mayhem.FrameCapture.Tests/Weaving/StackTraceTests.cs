extern alias unwoven;
using Mayhem.FrameCapture.Samples;
using UnwovenSamples = unwoven::Mayhem.FrameCapture.Samples.AllSamples;

namespace Mayhem.FrameCapture.Tests.Weaving;

public class StackTraceTests
{
    public static TheoryData<string> Samples => [.. AllSamples.ByName.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task StackTrace_OfAWovenMethod_IsThatOfItsUnwovenTwin(string sample)
    {
        // Thrown from the same line of this test.
        var traces = new List<string>();
        foreach (var run in new[] { AllSamples.ByName[sample], UnwovenSamples.ByName[sample] })
            traces.Add((await Thrown.ByAsync(run)).ToString());

        Assert.Equal(traces[1], traces[0]);
        Assert.Contains(":line ", traces[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Variables_OfAnySample_HaveNamesOfTheSource(string sample)
    {
        var variables = TracedFrames.Of(await Thrown.ByAsync(AllSamples.ByName[sample])).SelectMany(frame => frame.Variables).ToArray();

        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.Matches("^[A-Za-z]+$", variable.Name));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Frames_OfTheUnwovenTwin_AreNotCaptured(string sample) =>
        Assert.Empty(CapturedFrames.Of(await Thrown.ByAsync(UnwovenSamples.ByName[sample])));
}
