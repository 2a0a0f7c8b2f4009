using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayhem.Cli.Up.Display;

/// <summary>A picture of the run on a terminal, drawn anew several times a second.</summary>
internal sealed class LiveDisplay(IAnsiConsole console, string title, TimeProvider clock) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public async Task RunAsync(Func<Frame> sample, CancellationToken until)
    {
        await console.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
        {
            using var ticks = new PeriodicTimer(Interval, clock);
            do
                live.UpdateTarget(Draw(sample()));
            while (await TickAsync(ticks, until));
        });
        // The last picture stays, without the lines that larger ones before it took.
        console.Write(Draw(sample()));
    }

    private IRenderable Draw(Frame frame) => Picture.Of(frame, title, console.Profile.Width, console.Profile.Height);

    private static async ValueTask<bool> TickAsync(PeriodicTimer ticks, CancellationToken until)
    {
        try
        {
            return await ticks.WaitForNextTickAsync(until);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
