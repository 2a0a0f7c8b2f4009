using System.CommandLine;
using Mayhem.Cli.Configuration;
using Mayhem.Cli.Up;
using Mayhem.Functions.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mayhem.Cli.RulesCommand;

/// <summary>The commands <c>mayhem rules</c> and <c>mayhem explain</c>: their options, and how they are read.</summary>
internal static class RulesCommandLine
{
    /// <summary>Declares <c>mayhem rules</c>.</summary>
    public static Command CreateRules()
    {
        var json = Json();
        var command = new Command("rules", "List the failure rules in force here, and which of them come from configuration.") { json };
        command.SetAction(parsed => RulesList.Write(Settings(Configuration.Settings.Load().Configuration), parsed.GetValue(json), Console.Out));
        return command;
    }

    /// <summary>Declares <c>mayhem explain</c>.</summary>
    public static Command CreateExplain()
    {
        var type = new Argument<string>("exception type") { Description = "Its full or short name, as System.TimeoutException." };
        var sessions = new Option<bool>("--sessions") { Description = "For a queue with sessions. [default: the setting Mayhem:Queue:Sessions]" };
        var json = Json();
        var command = new Command("explain", "Tell which rules an exception meets, and what becomes of its message attempt by attempt.") { type, sessions, json };
        command.SetAction(parsed =>
        {
            var configuration = Configuration.Settings.Load().Configuration;
            Explanation.Write(Settings(configuration), ExplainedQueue.From(configuration, parsed.GetValue(sessions)), parsed.GetValue(type) ?? "", parsed.GetValue(json), Console.Out);
        });
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object a line, one for each rule." };

    private static RecoverySettings Settings(IConfiguration configuration)
    {
        try
        {
            return RecoverySettings.From(configuration);
        }
        catch (OptionsValidationException wrong)
        {
            throw StartErrors.Explain(wrong) ?? new UsageException(wrong.Message, wrong);
        }
    }
}
