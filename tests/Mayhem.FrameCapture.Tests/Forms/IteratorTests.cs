using Mayhem.FrameCapture.Samples;

namespace Mayhem.FrameCapture.Tests.Forms;

public class IteratorTests
{
    [Fact]
    public void Throw_InAnIterator_ShowsItsVariablesAndItsReaders()
    {
        var thrown = Thrown.By(() => new Iterators().Sum(2));

        Assert.Equal(
            ["This Iterators this = Iterators { owner = \"ops\" }", "Argument int limit = 2", "Local int number = 2", "Local int square = 4"],
            thrown.FrameOf("Iterators.Count(int limit)").Shown());
        Assert.Contains("Local int sum = 1", thrown.FrameOf("Iterators.Sum").Shown());
    }

    [Fact]
    public async Task Throw_InAnAsyncIterator_ShowsItsVariablesAndItsReaders()
    {
        var thrown = await Thrown.ByAsync(() => new Iterators().SumAsync(2));

        var frame = thrown.FrameOf("Iterators.CountAsync(int limit, CancellationToken cancellationToken)");
        Assert.Contains("Argument CancellationToken cancellationToken = not cancelled", frame.Shown());
        Assert.Contains("Local int square = 4", frame.Shown());
        Assert.Contains("Local int sum = 1", thrown.FrameOf("Iterators.SumAsync").Shown());
    }
}
