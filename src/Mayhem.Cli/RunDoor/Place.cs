using System.CommandLine;

namespace Mayhem.Cli.RunDoor;

/// <summary>Where a queue is: in the data folder of a <c>mayhem up</c>, running or not, or in a namespace in Azure.</summary>
/// <param name="DataFolder">The data folder.</param>
/// <param name="Namespace">The namespace; null for the data folder.</param>
/// <param name="Queue">The queue's name; null for the setting <c>MayhemQueue</c>.</param>
internal sealed record Place(string DataFolder, string? Namespace, string? Queue);

/// <summary>The options that name a <see cref="Place"/>, which several commands have.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<string> data = DataFolderOption.Create();
    private readonly Option<string?> bus = new("--namespace") { HelpName = "NAME", Description = "The queue of this Service Bus namespace in Azure instead, with your own identity." };
    private readonly Option<string?> queue = new("--queue") { HelpName = "NAME", Description = "The queue. [default: the setting MayhemQueue, or 'restarts']" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(data);
        command.Add(bus);
        command.Add(queue);
    }

    /// <summary>The place that was named.</summary>
    public Place Read(ParseResult parsed) => new(parsed.GetValue(data) ?? "", parsed.GetValue(bus), parsed.GetValue(queue));
}
