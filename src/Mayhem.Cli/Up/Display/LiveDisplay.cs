using Spectre.Console;

namespace Mayhem.Cli.Up.Display;

/// <summary>A picture of the run on a terminal, drawn anew several times a second.</summary>
internal sealed class LiveDisplay(IAnsiConsole console, string title, TimeProvider clock) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public Task RunAsync(Func<Frame> sample, CancellationToken until) =>
        console.Live(new Text("")).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
        {
            using var ticks = new PeriodicTimer(Interval, clock);
            do
                Draw(live, sample());
            while (await TickAsync(ticks, until));
            Draw(live, sample());
        });

    private void Draw(LiveDisplayContext live, Frame frame) =>
        live.UpdateTarget(Picture.Of(frame, title, console.Profile.Width, console.Profile.Height));

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
