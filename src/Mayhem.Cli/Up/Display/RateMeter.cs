namespace Mayhem.Cli.Up.Display;

/// <summary>How fast a count grows, over the last seconds.</summary>
/// <param name="window">How far back the measure looks.</param>
internal sealed class RateMeter(TimeSpan window)
{
    private readonly Queue<(TimeSpan At, long Count)> samples = new([(TimeSpan.Zero, 0)]);

    /// <summary>Takes the count at a moment and returns the growth a second since the oldest sample within the window. At the start the count is 0.</summary>
    public double Sample(TimeSpan at, long count)
    {
        samples.Enqueue((at, count));
        while (samples.Count > 2 && at - samples.Peek().At > window)
            samples.Dequeue();
        var oldest = samples.Peek();
        return at > oldest.At ? (count - oldest.Count) / (at - oldest.At).TotalSeconds : 0;
    }
}
