import express from 'express';
import { load } from 'store';

const app = express();
app.get('/', (req, res) => res.send(load()));
app.listen(3000);
