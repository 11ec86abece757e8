namespace N2D.Autoencoders;

/// <summary>The rule that turns gradients into steps.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015), as in the N2D study.</summary>
    Adam,

    /// <summary>Gradient descent with a momentum of 0.9.</summary>
    Sgd,

    /// <summary>RMSprop (Tieleman and Hinton, 2012), averaging over some ten steps.</summary>
    RmsProp,
}
