using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up.Logging;

/// <summary>A warning or an error worth showing while the program runs.</summary>
/// <param name="At">When it was logged.</param>
/// <param name="Level">Warning or worse.</param>
/// <param name="Text">One line.</param>
internal sealed record Notice(DateTimeOffset At, LogLevel Level, string Text);
