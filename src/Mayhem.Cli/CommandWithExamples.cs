using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Mayhem.Cli;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">What it does, in a line.</param>
/// <param name="examples">Lines as they are typed, and what else is to be known.</param>
internal sealed class CommandWithExamples(string name, string description, string examples) : Command(name, description)
{
    /// <summary>Lets the help of a program show examples.</summary>
    public static void ShowIn(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new Help((SynchronousCommandLineAction)option.Action!);
    }

    private void Write(TextWriter output)
    {
        output.WriteLine("Examples:");
        foreach (var line in examples.Split('\n'))
            output.WriteLine(line.Length == 0 ? "" : "  " + line);
    }

    private sealed class Help(SynchronousCommandLineAction inner) : SynchronousCommandLineAction
    {
        // Who asks for help need not have given what is required.
        public override bool ClearsParseErrors => inner.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            var result = inner.Invoke(parseResult);
            if (parseResult.CommandResult.Command is CommandWithExamples command)
                command.Write(parseResult.InvocationConfiguration.Output);
            return result;
        }
    }
}
