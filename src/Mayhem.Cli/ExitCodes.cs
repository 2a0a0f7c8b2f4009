using Mayhem.Cli.Up.Results;

namespace Mayhem.Cli;

/// <summary>What the exit code of <c>mayhem</c> means.</summary>
internal static class ExitCodes
{
    /// <summary>All is well: nothing was lost, and every line of the input was accepted.</summary>
    public const int Success = 0;

    /// <summary>At least one message that the broker accepted is nowhere any more, and its request was not carried out.</summary>
    public const int Lost = 1;

    /// <summary>The command line, the configuration, the data folder or a line of the input is not acceptable.</summary>
    public const int Usage = 2;

    /// <summary>Some of what was asked for could not be done, or was not come to; what was printed says how much.</summary>
    public const int Incomplete = 3;

    /// <summary>A guard would not let the request pass that <c>mayhem guard explain</c> was asked about.</summary>
    public const int Refused = 4;

    /// <summary>The process could not be trusted any more and ended itself, after its report. Unfinished messages are delivered to the next run.</summary>
    public const int ProcessFatal = 70;

    /// <summary>A second Ctrl+C ended the program at once. Unfinished messages are delivered to the next run.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for a run that came to its end.</summary>
    public static int Of(Summary summary) => summary switch
    {
        { Lost: > 0 } => Lost,
        { Rejected: > 0 } => Usage,
        _ => Success,
    };
}
