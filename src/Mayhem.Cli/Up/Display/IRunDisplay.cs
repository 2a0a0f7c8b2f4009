namespace Mayhem.Cli.Up.Display;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunDisplay
{
    /// <summary>Shows frames until the token is cancelled, then the last one, and returns. Never throws because of the token.</summary>
    Task RunAsync(Func<Frame> sample, CancellationToken until);
}
