using System.CommandLine;
using Mayhem.Dashboard;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>The options about the dashboard's place, which several commands have.</summary>
internal sealed class DashboardOptionsOfCommand
{
    private readonly Option<int?> port = NumberOption.Whole(
        "--port", $"The dashboard's port; 0 for any that is free. [default: {DashboardOptions.DefaultPort}, or one of the next nine if it is taken]");

    private readonly Option<string?> listen = new("--listen")
    {
        HelpName = "HOST",
        Description = "Let others see the dashboard, too, by this address or name of the machine. They cannot change anything, and see no values.",
    };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(port);
        command.Add(listen);
    }

    /// <summary>What was asked for.</summary>
    public DashboardPlace Read(ParseResult parsed) => new() { Port = parsed.GetValue(port), Listen = parsed.GetValue(listen) };
}
