using Mayhem.FrameCapture.Maps;

namespace Mayhem.FrameCapture;

/// <summary>What a variable is to the method it was captured in.</summary>
public enum VariableKind
{
    /// <summary>The object the method belongs to.</summary>
    This,

    /// <summary>A parameter.</summary>
    Argument,

    /// <summary>A local variable.</summary>
    Local,

    /// <summary>A variable of the method around a lambda or local function.</summary>
    Closure,
}

/// <summary>Whether there is a value to show.</summary>
public enum VariableState
{
    /// <summary>There is.</summary>
    Known,

    /// <summary>Marked <see cref="SensitiveAttribute"/>: the value was not read.</summary>
    Sensitive,

    /// <summary>A ref struct, pointer or ref local: the value cannot be kept.</summary>
    NotCapturable,

    /// <summary>The exception came before the variable was assigned.</summary>
    NotAssigned,
}

/// <summary>An argument or local variable of a captured frame.</summary>
public sealed class CapturedVariable
{
    internal CapturedVariable(MappedVariable variable, VariableState state, object? value)
    {
        Name = variable.Name;
        Kind = variable.Kind;
        Type = variable.Type;
        State = state;
        Value = value;
    }

    /// <summary>Its name in the source; <c>this</c> for the object the method belongs to.</summary>
    public string Name { get; }

    /// <summary>What it is to its method.</summary>
    public VariableKind Kind { get; }

    /// <summary>Its declared type as C# writes it, such as <c>List&lt;string&gt;</c>.</summary>
    public string Type { get; }

    /// <summary>Whether there is a value to show.</summary>
    public VariableState State { get; }

    internal object? Value { get; }

    /// <summary>
    /// Shows the value: copies as they were at the throw, objects as they are now. Without a value, says in parentheses why. Never throws.
    /// </summary>
    public string Format(ValueFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        return State switch
        {
            VariableState.Known => formatter.Format(Value, Name),
            VariableState.Sensitive => ValueFormatter.Mask,
            VariableState.NotAssigned => "(not assigned yet)",
            _ => "(cannot be captured)",
        };
    }

    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Type} {Name} = {Format(ValueFormatter.Default)}";
}
