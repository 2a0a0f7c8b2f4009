using System.CommandLine;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>The command <c>mayhem dashboard</c>: its options, and how they are read.</summary>
internal static class DashboardCommandLine
{
    /// <summary>Declares the command.</summary>
    public static Command Create(Func<DashboardCommandOptions, Task<int>> run)
    {
        var name = new Option<string?>("--namespace")
        {
            HelpName = "NAME", Description = "The Service Bus namespace whose queue (the setting MayhemQueue) is shown, with your az login. [default: the data folder]",
        };
        var data = DataFolderOption.Create();
        var place = new DashboardOptionsOfCommand();
        var command = new Command("dashboard", "Serve the dashboard for a queue in Azure, or for what a 'mayhem up' has left, until Ctrl+C. A running 'mayhem up' serves its own.") { name, data };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = new DashboardCommandOptions(place.Read(parsed), parsed.GetValue(name), parsed.GetValue(data) ?? "");
            return options.Place.Error() is { } problem ? throw new UsageException(problem) : run(options);
        });
        return command;
    }
}

/// <summary>What <c>mayhem dashboard</c> was asked to do.</summary>
/// <param name="Place">Where the dashboard is to be.</param>
/// <param name="Namespace">A namespace in Azure; null for the data folder.</param>
/// <param name="DataFolder">The folder of a <c>mayhem up</c> that has ended; with a namespace, where the audit of operators is kept.</param>
internal sealed record DashboardCommandOptions(DashboardPlace Place, string? Namespace, string DataFolder);
