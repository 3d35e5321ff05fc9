import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { markStyles } from './frame/nonce.js';
import './styles/frame.css';
import './styles/parts.css';
import './styles/pages.css';

markStyles();
const place = document.querySelector('#page');
if (place !== null) createRoot(place).render(<App />);
