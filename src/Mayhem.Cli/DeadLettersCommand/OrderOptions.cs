using System.CommandLine;
using Mayhem.DeadLetters.Work;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>The options that say who does something, why, and how much of it.</summary>
internal sealed class OrderOptions
{
    private readonly Option<string> why = new("--why") { HelpName = "TEXT", Required = true, Description = "Why: it goes on record, and on what is sent." };
    private readonly Option<string?> by = new("--by") { HelpName = "NAME", Description = "Who does it. [default: the user of this session]" };
    private readonly Option<int?> max = NumberOption.Whole("--max", "At most N, the oldest.");
    private readonly Option<double?> rate = NumberOption.Decimal("--rate", "At most N a second; fractions are allowed.");
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Tell what would be done, and do nothing." };
    private readonly bool ofMany;

    /// <summary>The options of one command.</summary>
    /// <param name="ofMany">True if the command is about any number of messages.</param>
    public OrderOptions(bool ofMany) => this.ofMany = ofMany;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(why);
        command.Add(by);
        if (ofMany)
        {
            command.Add(max);
            command.Add(rate);
            command.Add(dryRun);
        }
    }

    /// <summary>The order that was given.</summary>
    public BenchOrder Read(ParseResult parsed) => new()
    {
        By = parsed.GetValue(by) ?? Environment.UserName,
        Reason = parsed.GetValue(why) ?? "",
        Max = ofMany ? parsed.GetValue(max) : null,
        Rate = ofMany ? parsed.GetValue(rate) : null,
        DryRun = ofMany && parsed.GetValue(dryRun),
    };
}
